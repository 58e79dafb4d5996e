"""Evidence through the pages: what is kept, what is refused, and what is never shown from here."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from esar.kernel.problems import Refused
from esar.platform.evidence import actions as files
from esar.platform.evidence.doctor import findings
from esar.platform.evidence.models import StoredFile, Upload
from esar.platform.evidence.storage import DiskStorage, names, storage
from esar.platform.ui import clock
from esar.report.reports import packs, writing
from esar.report.reports.models import Attachment, Pack, Report
from tests.clamd import EICAR, running_clamd
from tests.exchange.inspection import hostile
from tests.exchange.inspection.good import pdf, picture
from tests.make import World, in_force, person
from tests.platform.evidence.make import send
from tests.report.reports.make import APRIL, AT_APRIL, report_of

PDF = pdf()


@pytest.fixture(autouse=True)
def _own_place(settings: Any, tmp_path: Path) -> None:
    """A store of this test's own, and a day in April 2024."""
    settings.VAR = tmp_path
    settings.CLAMD = ""
    options = {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {
        "evidence": {"BACKEND": "esar.platform.evidence.storage.DiskStorage", "OPTIONS": options}
    }
    clock.pretend(APRIL)


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def attached(world: World, content: bytes = PDF, name: str = "หลักฐาน.pdf") -> Attachment:
    report = report_of(world)
    status, answer = send(signed_in(world.reporter), report, name, content)
    assert (status, answer.get("done")) == (200, True), answer
    return Attachment.objects.select_related("file", "claim__report").get()


def test_a_file_comes_in_parts_and_is_kept_once_by_its_hash(world: World) -> None:
    one = attached(world)
    again = send(signed_in(world.reporter), one.claim.report, "สำเนา.pdf", PDF, part=7)

    assert again[1]["done"]
    assert StoredFile.objects.count() == Attachment.objects.count() == 1
    assert (one.file.kind, one.file.state, one.name) == ("pdf", "kept", "หลักฐาน.pdf")
    assert list(names()) == [one.file.path]
    assert list(findings()) == []


def test_an_upload_that_was_cut_off_goes_on_where_it_stopped(world: World) -> None:
    report, client = report_of(world), signed_in(world.reporter)
    base = f"/reports/{report.pk}/kpis/1.1/uploads/"
    token = client.post(base, {"name": "ก.pdf", "size": len(PDF)}).json()["token"]
    half = len(PDF) // 2
    kind = "application/octet-stream"
    client.post(f"{base}{token}/?offset=0", PDF[:half], content_type=kind)

    assert client.get(f"{base}{token}/").json()["received"] == half
    wrong = client.post(f"{base}{token}/?offset=3000000", b"x", content_type=kind)
    assert (wrong.status_code, wrong.json()["received"]) == (422, half)
    again = client.post(f"{base}{token}/?offset=0", PDF[:half], content_type=kind)
    assert again.json()["received"] == half
    done = client.post(f"{base}{token}/?offset={half}", PDF[half:], content_type=kind)
    assert done.json()["done"] is True
    with storage().open(StoredFile.objects.get().path) as kept:
        assert kept.read() == PDF


def test_another_person_cannot_go_on_with_someones_upload(world: World) -> None:
    report = report_of(world)
    base = f"/reports/{report.pk}/kpis/1.1/uploads/"
    token = signed_in(world.reporter).post(base, {"name": "ก.pdf", "size": 9}).json()["token"]
    for other in (world.reporter_d, world.approver, world.analyst):
        assert signed_in(other).get(f"{base}{token}/").status_code == 404


@pytest.mark.any_database
def test_every_hostile_file_is_refused_in_both_languages_and_nothing_of_it_stays(
    world: World,
) -> None:
    """The languages by turns: that each reason has both is tested where the reasons are found."""
    report, client = report_of(world), signed_in(world.reporter)
    # No browser sends a NUL in a name; a request that holds one is refused as a whole.
    tried = [one for one in hostile.FILES if not one.size and "\x00" not in one.name]
    for one, language in zip(tried, cycle(("th", "en")), strict=False):
        content = one.data() if callable(one.data) else one.data
        client.cookies["language"] = language
        status, answer = send(client, report, one.name, content, part=4_000_000)
        assert (status, len(answer["problems"])) == (422, len(one.why)), (one.name, answer)
        for sentence in answer["problems"]:
            is_thai = any("ก" <= letter <= "๛" for letter in sentence.replace(one.name, ""))
            assert is_thai == (language == "th"), sentence
    assert len(tried) >= 20
    assert not StoredFile.objects.exists()
    assert not Attachment.objects.exists()
    assert list(names("files")) == []


def test_nothing_and_two_gigabytes_are_refused_before_they_are_sent(world: World) -> None:
    report, client = report_of(world), signed_in(world.reporter)
    base = f"/reports/{report.pk}/kpis/1.1/uploads/"
    for size in ("0", str(2 << 30), "-5", "x", "9" * 30):
        answer = client.post(base, {"name": "ใหญ่.pdf", "size": size})
        assert answer.status_code == 422, size
        assert answer.json()["problems"]
    assert not Upload.objects.exists()


def test_a_body_of_two_gigabytes_is_refused_by_its_announced_length(world: World) -> None:
    report, client = report_of(world), signed_in(world.reporter)
    answer = client.post(
        f"/reports/{report.pk}/kpis/1.1/uploads/",
        b"",
        content_type="multipart/form-data",
        CONTENT_LENGTH=str(2 << 30),
    )
    assert answer.status_code == 413


def test_names_that_play_tricks_are_made_harmless(world: World) -> None:
    for name, safe in hostile.NAMES[: files.MAX_OPEN]:
        upload = files.begin(name, 5, subject="x", by=world.reporter, at=AT_APRIL)
        assert upload.name == safe


def test_no_file_is_ever_shown_from_our_own_origin(world: World) -> None:
    one = attached(world)
    base = f"/reports/{one.claim.report_id}/evidence/{one.pk}/"
    client = signed_in(world.reporter)
    given = client.get(base)

    assert b"".join(given.streaming_content) == PDF
    assert given["Content-Type"] == "application/octet-stream"
    assert given["Content-Disposition"].startswith("attachment")
    assert given["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert given["X-Content-Type-Options"] == "nosniff"
    picture = client.get(f"{base}preview/1.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"  # drawn by us: not a byte of the file's own
    assert client.get(f"{base}preview/").status_code == 200
    assert client.get(f"{base}preview/99.png").status_code == 404


def test_a_file_that_the_reader_has_is_not_sent_again_but_its_state_is_asked(world: World) -> None:
    one = attached(world)
    address = f"/reports/{one.claim.report_id}/evidence/{one.pk}/"
    client, has = signed_in(world.reporter), {"If-None-Match": f'"{one.file.sha256}"'}

    whole = client.get(address)
    assert (whole.getvalue(), whole["ETag"]) == (PDF, has["If-None-Match"])
    assert client.get(address, headers=has).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"x"'}).getvalue() == PDF
    StoredFile.objects.filter(pk=one.file_id).update(state="infected", signature="X")
    assert client.get(address, headers=has).status_code == 422


def test_only_those_who_may_see_the_report_get_its_evidence(world: World) -> None:
    one = attached(world)
    stranger = person("stranger")
    for path in ("", "preview/", "preview/1.png"):
        address = f"/reports/{one.claim.report_id}/evidence/{one.pk}/{path}"
        for who in (world.reporter_d, world.approver_d, stranger, world.ministers_office):
            assert signed_in(who).get(address).status_code == 404, (address, who)
        for who in (world.reporter, world.approver, world.assessor, world.auditor):
            answer = signed_in(who).get(address)
            assert answer.status_code == 200, (address, who)
            assert answer.getvalue()  # read to its end, so that the file is closed
        assert Client().get(address).status_code == 302


def test_evidence_is_frozen_when_the_report_is_sent_in(world: World) -> None:
    one = attached(world)
    report = one.claim.report
    Report.objects.filter(pk=report.pk).update(
        state="submitted", sent=1, received_on=date(2024, 4, 20)
    )
    client = signed_in(world.reporter)
    for what in ("remove", "public", "also"):
        answer = client.post(f"/reports/{report.pk}/evidence/{one.pk}/{what}/", {"number": "1.2"})
        assert answer.status_code == 422
    assert Attachment.objects.filter(pk=one.pk, is_public=False).exists()
    assert send(client, report, "ใหม่.pdf", PDF)[0] == 422


def test_the_same_file_of_another_body_is_shown_to_the_assessor_only(world: World) -> None:
    one = attached(world)
    other = in_force(world, world.department)
    report = Report.objects.get(scorecard=other, round_id="6m")
    writing.attach(report, "1.1", one.file, "ยืมมา.pdf", by=world.reporter_d, at=AT_APRIL, on=APRIL)
    path = f"/reports/{one.claim.report_id}/kpis/1.1/"

    assert "กรมการค้าภายใน" in signed_in(world.assessor).get(path).content.decode()
    assert "กรมการค้าภายใน" not in signed_in(world.reporter).get(path).content.decode()


def test_one_file_stands_on_many_kpis_and_all_come_as_one_zip(world: World) -> None:
    one = attached(world)
    report = one.claim.report
    writing.attach_too(report, "1.2", one, by=world.reporter, at=AT_APRIL, on=APRIL)
    client = signed_in(world.reporter)
    client.post(f"/reports/{report.pk}/pack/")
    pack = Pack.objects.get()
    assert client.get(f"/reports/{report.pk}/pack/{pack.pk}/").status_code == 404
    packs.make_pack.func(pack.pk)
    answer = client.get(f"/reports/{report.pk}/pack/{pack.pk}/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert sorted(archive.namelist()) == ["1.1/หลักฐาน.pdf", "1.2/หลักฐาน.pdf"]
        assert archive.read("1.1/หลักฐาน.pdf") == PDF
    assert signed_in(world.approver).get(f"/reports/{report.pk}/pack/{pack.pk}/").status_code == 403
    packs.forget_packs(at=datetime(2030, 1, 1, tzinfo=UTC))
    assert not Pack.objects.exists()
    assert list(names("packs")) == []


def test_a_real_scanner_finds_eicar_and_the_file_is_gone(
    world: World, settings: Any, tmp_path: Path
) -> None:
    with running_clamd(tmp_path) as address:
        settings.CLAMD = address
        one = attached(world, EICAR + b"\n", "ประกาศ.txt")
        assert one.file.state == "held"
        base = f"/reports/{one.claim.report_id}/evidence/{one.pk}/"
        client = signed_in(world.reporter)
        assert client.get(base).status_code == 422
        files.scan.func(one.file_id)
        one.file.refresh_from_db()
        assert (one.file.state, one.file.signature) == ("infected", "Local.Eicar.Test.UNOFFICIAL")
        assert client.get(base).status_code == 422
        assert list(names("files")) == []
        page = client.get(f"/reports/{one.claim.report_id}/kpis/1.1/").content.decode()
        assert "พบไวรัส" in page
        again = send(client, one.claim.report, "อีกครั้ง.txt", EICAR + b"\n")
        assert again[0] == 422
        assert list(findings()) == []


def test_a_clean_file_waits_while_the_scanner_is_down_and_opens_when_it_answers(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.CLAMD = str(tmp_path / "nobody-listens")
    one = attached(world)
    files.scan.func(one.file_id)
    one.file.refresh_from_db()
    assert (one.file.state, files.scanner_answers()) == ("held", False)
    page = signed_in(world.reporter).get(f"/reports/{one.claim.report_id}/kpis/1.1/")
    assert "รอตรวจไวรัส" in page.content.decode()
    with running_clamd(tmp_path) as address:
        settings.CLAMD = address
        assert files.scanner_answers() is True
        files.scan.func(one.file_id)
    one.file.refresh_from_db()
    assert one.file.state == "clean"


def test_the_doctor_sees_an_orphan_a_loss_and_a_change(world: World) -> None:
    from django.core.files.base import ContentFile

    one = attached(world)
    storage().save("files/ab/orphan", ContentFile(b"x"))
    assert [found.code for found in findings()] == ["doctor.orphan"]
    storage().delete("files/ab/orphan")
    storage().save(one.file.path, ContentFile(b"changed"))
    assert [found.code for found in findings()] == ["doctor.changed"]
    storage().delete(one.file.path)
    assert [found.code for found in findings()] == ["doctor.missing"]


def test_uploads_that_nobody_finishes_are_forgotten_after_two_days(world: World) -> None:
    report, client = report_of(world), signed_in(world.reporter)
    base = f"/reports/{report.pk}/kpis/1.1/uploads/"
    token = client.post(base, {"name": "ก.pdf", "size": len(PDF)}).json()["token"]
    client.post(f"{base}{token}/?offset=0", PDF[:5], content_type="application/octet-stream")
    assert len(list(names("uploads"))) == 1
    files.forget_uploads(at=datetime(2024, 4, 21, tzinfo=UTC))
    assert Upload.objects.count() == 1
    files.forget_uploads(at=datetime(2024, 4, 23, tzinfo=UTC))
    assert (Upload.objects.count(), list(names("uploads"))) == (0, [])


def test_an_upload_whose_attaching_is_refused_is_over_and_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MAX_FILES", 0)

    status, answer = send(signed_in(world.reporter), report_of(world), "ผล.pdf", PDF)

    assert (status, Upload.objects.get().state, Attachment.objects.count()) == (422, "refused", 0)
    assert answer["problems"] == ["ตัวชี้วัด 1.1 มีไฟล์ครบ 0 ไฟล์แล้ว"]
    assert [name for name in names() if name.startswith("uploads")] == []


def test_bytes_that_are_gone_are_a_sentence_wherever_they_are_asked_for(world: World) -> None:
    one = attached(world)
    base = f"/reports/{one.claim.report_id}"
    client = signed_in(world.reporter)
    client.post(f"{base}/pack/")
    pack = Pack.objects.get()
    packs.make_pack.func(pack.pk)
    addresses = [f"{base}/evidence/{one.pk}/", f"{base}/pack/{pack.pk}/"]
    for address in addresses:
        assert b"".join(client.get(address).streaming_content)
    for path in (one.file.path, pack.path):
        storage().delete(path)

    pages = [client.get(address) for address in addresses]

    assert [page.status_code for page in pages] == [422, 422]
    assert all("ที่เก็บไฟล์ไม่มีเนื้อไฟล์นี้แล้ว" in page.content.decode() for page in pages)
    again = packs.ask_for_pack(one.claim.report, by=world.reporter, at=AT_APRIL)
    with pytest.raises(Refused, match=r"evidence\.bytes_gone"):
        packs.make_pack.func(again.pk)
    assert Pack.objects.get(pk=again.pk).state == "failed"


def test_a_plain_form_without_scripts_does_the_same(world: World) -> None:
    report = report_of(world)
    answer = signed_in(world.reporter).post(
        f"/reports/{report.pk}/kpis/1.1/uploads/",
        {"file": SimpleUploadedFile("รายงาน.pdf", PDF, "application/pdf")},
    )
    assert (answer.status_code, Attachment.objects.get().name) == (302, "รายงาน.pdf")


def test_a_file_that_is_attached_already_is_told_by_the_name_it_has(world: World) -> None:
    report, client = report_of(world), signed_in(world.reporter)
    path = f"/reports/{report.pk}/kpis/1.1/uploads/"
    sentences = []
    for name in ("รายงาน.pdf", "สำเนา รายงาน.pdf"):
        sent = {"file": SimpleUploadedFile(name, PDF, "application/pdf")}
        page = client.post(path, sent, follow=True)
        sentences += [str(message) for message in page.context["messages"]]

    assert sentences == ["แนบ รายงาน.pdf แล้ว", "ไฟล์นี้แนบไว้แล้วในชื่อ รายงาน.pdf"]
    assert list(Attachment.objects.values_list("name", flat=True)) == ["รายงาน.pdf"]


def test_an_infected_file_keeps_the_report_from_being_sent_in(world: World) -> None:
    from esar.report.reports.life import REPORT_LIFE

    one = attached(world)
    StoredFile.objects.filter(pk=one.file_id).update(state="infected", signature="X")
    with pytest.raises(Refused) as refused:
        REPORT_LIFE.move(one.claim.report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    assert "evidence.infected_on_kpi" in {one.code for one in refused.value.problems}


def test_a_zip_that_cannot_be_written_says_so_and_can_be_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = attached(world)
    report = one.claim.report
    pack = packs.ask_for_pack(report, by=world.reporter, at=AT_APRIL)

    def full(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(packs, "_fill", full)
    with pytest.raises(OSError, match="no space"):
        packs.make_pack.func(pack.pk)
    pack.refresh_from_db()
    assert pack.state == "failed"
    assert packs.ask_for_pack(report, by=world.reporter, at=AT_APRIL).pk != pack.pk


REFUSES = "ที่เก็บไฟล์ยังรับไฟล์ไม่ได้ในขณะนี้ (พื้นที่เต็ม หรือปิดการเขียนอยู่)"


def _full(monkeypatch: pytest.MonkeyPatch, _settings: Any, _tmp_path: Path) -> None:
    def no_space(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("esar.platform.evidence.storage.os.fsync", no_space)


def _no_folder(_monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    disk = settings.STORAGES["evidence"]
    options = {"location": tmp_path / "a-file" / "files"}
    settings.STORAGES = settings.STORAGES | {"evidence": disk | {"OPTIONS": options}}


def _bucket_closed(monkeypatch: pytest.MonkeyPatch, _settings: Any, _tmp_path: Path) -> None:
    from botocore.exceptions import ClientError

    def denied(*_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "PutObject")

    monkeypatch.setattr(DiskStorage, "_save", denied)


@pytest.mark.parametrize("closed", [_full, _no_folder, _bucket_closed])
def test_a_store_that_takes_nothing_says_so_and_the_upload_goes_on_when_it_does(
    world: World,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    closed: Callable[[pytest.MonkeyPatch, Any, Path], None],
) -> None:
    report, client = report_of(world), signed_in(world.reporter)
    base = f"/reports/{report.pk}/kpis/1.1/uploads/"
    token = client.post(base, {"name": "ก.pdf", "size": len(PDF)}).json()["token"]
    part = {"path": f"{base}{token}/?offset=0", "data": PDF}
    stores = settings.STORAGES
    with monkeypatch.context() as while_closed:
        closed(while_closed, settings, tmp_path)
        refused = client.post(**part, content_type="application/octet-stream")
        whole = client.post(base, {"file": SimpleUploadedFile("ข.pdf", PDF, "application/pdf")})

    said = refused.json()
    assert (refused.status_code, said["received"], said["over"]) == (422, 0, False)
    assert said["problems"][0].startswith(REFUSES)
    assert (whole.status_code, REFUSES in whole.content.decode()) == (422, True)
    settings.STORAGES = stores
    assert (list(names()), StoredFile.objects.count(), Attachment.objects.count()) == ([], 0, 0)
    again = client.post(**part, content_type="application/octet-stream")
    assert (again.status_code, again.json()["done"]) == (200, True)
    assert Attachment.objects.get().name == "ก.pdf"


def test_a_store_that_fills_up_at_the_last_moment_keeps_the_parts_for_another_try(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, client = report_of(world), signed_in(world.reporter)
    save = DiskStorage._save

    def full_for_files(self: DiskStorage, name: str, content: Any) -> str:
        if name.startswith("files/"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return save(self, name, content)

    with monkeypatch.context() as while_full:
        while_full.setattr(DiskStorage, "_save", full_for_files)
        status, answer = send(client, report, "ก.pdf", PDF)
    assert (status, answer["over"], Attachment.objects.count()) == (422, False, 0)
    assert {name.split("/")[0] for name in names()} == {"uploads"}

    upload = Upload.objects.get()
    address = f"/reports/{report.pk}/kpis/1.1/uploads/{upload.token}/?offset=0"
    again = client.post(address, PDF, content_type="application/octet-stream")
    assert (again.status_code, list(names())) == (200, [Attachment.objects.get().file.path])
    assert list(findings()) == []


@pytest.mark.parametrize("refused", ["delete", "listdir"])
def test_what_the_store_does_not_remove_stops_no_upload_and_goes_on_a_later_night(
    world: World, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    def closed(*_: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    report, client = report_of(world), signed_in(world.reporter)
    with monkeypatch.context() as while_closed:
        while_closed.setattr(DiskStorage, refused, closed)
        status, answer = send(client, report, "ก.pdf", PDF)
        assert (status, answer["done"], Attachment.objects.get().name) == (200, True, "ก.pdf")
        assert files.forget_uploads(at=AT_APRIL) == 0
        assert Upload.objects.count() == 1  # else nobody would know of its parts
    assert len(list(names("uploads"))) == 1

    assert files.forget_uploads(at=AT_APRIL) == 1
    assert (Upload.objects.count(), list(names("uploads"))) == (0, [])
    assert list(findings()) == []


def test_a_zip_that_the_store_does_not_remove_is_known_until_it_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    pack = packs.ask_for_pack(attached(world).claim.report, by=world.reporter, at=AT_APRIL)
    packs.make_pack.func(pack.pk)
    later = AT_APRIL + timedelta(days=60)
    with monkeypatch.context() as while_closed:
        while_closed.setattr(DiskStorage, "delete", closed)
        assert packs.forget_packs(at=later) == 0
    assert packs.forget_packs(at=later) == 1
    assert list(names("packs")) == []


def test_a_zip_of_a_bucket_that_is_closed_can_be_asked_for_again(
    world: World, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = attached(world).claim.report
    pack = packs.ask_for_pack(report, by=world.reporter, at=AT_APRIL)
    _bucket_closed(monkeypatch, settings, tmp_path)

    with pytest.raises(Refused):
        packs.make_pack.func(pack.pk)
    pack.refresh_from_db()
    assert pack.state == "failed"


def test_what_follows_a_picture_is_not_kept(world: World) -> None:
    sound, trailer = picture("jpeg"), b"\0\0\x01\nImage_UTC_DataSEFH\0\0SEFT"

    attachment = attached(world, sound + trailer, "ภาพ.jpg")

    sha256 = hashlib.sha256(sound).hexdigest()
    assert (attachment.file.size, attachment.file.sha256) == (len(sound), sha256)
    assert list(findings()) == []


def test_long_names_in_a_zip_are_cut_by_bytes_and_keep_their_ending(world: World) -> None:
    attachment = attached(world)
    Attachment.objects.filter(pk=attachment.pk).update(name="รายงาน" * 25 + ".pdf")
    archive = zipfile.ZipFile(io.BytesIO(), "w")

    packs._fill(archive, attachment.claim.report)

    (name,) = archive.namelist()
    assert name == "1.1/" + ("รายงาน" * 25)[:83] + ".pdf"
    assert len(name.removeprefix("1.1/").encode()) == 253


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("รายงาน" * 25 + "ฉบับแรก.pdf", "รายงาน" * 25 + "ฉบับแก้ไข.pdf"),  # equal once they are cut
        ("ผล.pdf", "ผล.PDF"),  # equal on disks that know no capitals
        ("cafe\u0301.pdf", "café.pdf"),
        ("ผล:1.pdf", "ผล?1.pdf"),
    ],
)
def test_two_names_that_become_one_in_a_zip_are_told_apart(
    world: World, first: str, second: str
) -> None:
    attachment = attached(world)
    report = attachment.claim.report
    other_file = StoredFile.objects.create(
        sha256="ab" * 32,
        size=len(PDF),
        kind="pdf",
        media_type="application/pdf",
        since=AT_APRIL,
        state="kept",
    )
    storage().save(other_file.path, ContentFile(PDF))
    other = writing.attach(report, "1.1", other_file, "x", by=world.reporter, at=AT_APRIL, on=APRIL)
    for row, name in ((attachment, first), (other, second)):
        Attachment.objects.filter(pk=row.pk).update(name=name)
    archive = zipfile.ZipFile(io.BytesIO(), "w")

    packs._fill(archive, report)

    names = archive.namelist()
    assert len({name.casefold() for name in names}) == 2
    marks = tuple(f"1.1/{row.file.sha256[:8]}-" for row in (attachment, other))
    assert [name.startswith(marks) for name in names] == [False, True]
    assert all(len(name.removeprefix("1.1/").encode()) <= 255 for name in names)


def test_what_is_kept_is_for_the_site_and_its_group_alone(world: World, tmp_path: Path) -> None:
    earlier = os.umask(0)
    try:
        attached(world)
    finally:
        os.umask(earlier)
    modes = {
        ("folder" if place.is_dir() else "file", oct(place.stat().st_mode & 0o777))
        for place in (tmp_path / "files", *(tmp_path / "files").glob("**/*"))
    }

    assert modes == {("folder", "0o750"), ("file", "0o640")}

"""`esar rules show` has the entries of 2567 and 2568 that were missing, each with its clause."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from esar.exchange.cli.main import main


@pytest.mark.parametrize(
    ("year", "name", "clause"),
    [
        ("2567", "principles", "ข้อ 2.3.1.3"),
        ("2567", "law.area-administration", "ข้อ 2.3.1.2"),
        ("2567", "law.area-administration", "พระราชกฤษฎีกาว่าด้วยการบริหารงานเชิงพื้นที่แบบบูรณาการ"),
        ("2567", "law.self-evaluation", "ข้อ 2.3.2.2"),
        ("2567", "law.self-evaluation", "มติ ก.พ.ร. ในการประชุมครั้งที่ 2/2565"),
        ("2567", "law.self-evaluation", "มาตรา 45"),
        ("2567", "law.submission", "ข้อ 1"),
        ("2567", "committee.revolving-fund", "หน้าที่และอำนาจ (3)"),
        ("2567", "committee.level2.excluded", "กลุ่มเป้าหมายการประเมิน"),
        ("2567", "committee.representatives", "ผู้แทนของ สงป. สำนักงาน ก.พ.ร. และ สศช."),
        ("2567", "digital.aspects", "ตารางองค์ประกอบการประเมิน ข้อ 2.1"),
        ("2567", "joint.mandated-addition", "ข้อ 1 และสาระสำคัญ ข้อ 1 และข้อ 2"),
        ("2567", "committee.nesdc", "ข้อ 1.1 (5)"),
        ("2567", "pmqa.levels", "PMQA 4.0"),
        ("2567", "joint.before", "มติคณะรัฐมนตรี 27 กันยายน 2565 เรื่องที่ 5"),
        ("2567", "linkage", "ข้อ 2.3.2.6 วรรคแรก"),
        ("2567", "cabinet-notice", "ด่วนที่สุด ที่ นร 0505/ว 20"),
        ("2568", "joint.count", "สาระสำคัญของเรื่อง วรรคแรก"),
        ("2568", "joint.targets", "จำนวนเป้าหมายในภาพรวมที่ใช้ในการขับเคลื่อน"),
        ("2568", "joint.duties", "ข้อ 7"),
        ("2568", "heads.budget-kpi", "นร 1200/ว68"),
    ],
)
def test_an_entry_is_shown_with_its_citation(year: str, name: str, clause: str) -> None:
    answer = CliRunner().invoke(main, ["rules", "show", year, name])

    assert answer.exit_code == 0
    citations = [line for line in answer.output.splitlines() if line.strip().startswith("◆")]
    assert any(clause in line for line in citations), answer.output


def test_the_linkage_says_whom_and_which_part_of_their_appraisal() -> None:
    answer = CliRunner().invoke(main, ["rules", "show", "2567", "linkage"]).output

    assert "ผู้ว่าราชการจังหวัด" in answer
    assert "มิติด้านผลสัมฤทธิ์ (Performance)" in answer


def test_the_area_kind_of_2568_is_of_pain_points_too() -> None:
    answer = CliRunner().invoke(main, ["rules", "show", "2568", "kind.area"]).output

    assert "Pain Point" in answer

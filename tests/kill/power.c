/* Notes what a program writes under one folder, and what of it it has had synced.

   Loaded by LD_PRELOAD. Each call is made by the kernel's own name, and noted in one record at the
   end of the journal: what is written and what is removed before the call, what is made after it,
   and a sync after it, with how long the journal was when the sync began (what is noted later may
   have come too late for it). The journal is opened for each record, so that a fork, a thread or
   a program that closes its files changes nothing. What stdio writes is not seen: it is lost then,
   as what nobody synced may be. tests/kill/power.py reads the journal. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PIECES 64

static char root_kept[PATH_MAX], journal_kept[PATH_MAX];
static const char *root, *journal;
static size_t root_length;

struct record {
    char magic[8];
    uint8_t kind;
    uint8_t unused[3];
    uint32_t path, other, data; /* lengths of what follows, in this order */
    int64_t offset;
    uint64_t inode;
};

__attribute__((constructor)) static void begin(void) {
    const char *given_root = getenv("POWER_ROOT"), *given_journal = getenv("POWER_JOURNAL");
    if (!given_root || !given_journal || strlen(given_root) >= PATH_MAX ||
        strlen(given_journal) >= PATH_MAX)
        return;
    /* Copies: PostgreSQL writes its title over its environment. */
    root = strcpy(root_kept, given_root);
    journal = strcpy(journal_kept, given_journal);
    root_length = strlen(root);
}

static int below(const char *path) {
    return root && journal && strncmp(path, root, root_length) == 0 &&
           (path[root_length] == '/' || path[root_length] == 0);
}

/* Where an open file lies; 0 when not below the root, or in no folder any more. */
static int place_of(int fd, char *path, struct stat *status) {
    char link[40];
    if (!root || !journal) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return below(path) && fstat(fd, status) == 0 && status->st_nlink > 0 &&
           (S_ISREG(status->st_mode) || S_ISDIR(status->st_mode));
}

/* Where a name lies, or would lie: its folder as the kernel says it, and the last part. */
static int place_at(int folder, const char *name, char *path) {
    char before[PATH_MAX], link[40];
    if (!root || !journal || strlen(name) >= PATH_MAX - 1) return 0;
    strcpy(before, name);
    size_t end = strlen(before);
    while (end > 1 && before[end - 1] == '/') before[--end] = 0;
    char *slash = strrchr(before, '/');
    const char *last = slash ? slash + 1 : before;
    char kept[NAME_MAX + 1];
    if (strlen(last) > NAME_MAX) return 0;
    strcpy(kept, last);
    if (slash) slash[slash == before ? 1 : 0] = 0;
    int fd = syscall(SYS_openat, folder, slash ? before : ".", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - NAME_MAX - 2);
    syscall(SYS_close, fd);
    if (length <= 0) return 0;
    path[length] = 0;
    strcat(path, "/");
    strcat(path, kept);
    return below(path);
}

static uint64_t inode_at(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 ? status.st_ino : 0;
}

static void note(char kind, const char *path, const char *other, const struct iovec *data,
                 int count, int64_t offset, uint64_t inode) {
    int before = errno;
    struct record record = {"\x9dPOWER\x0a\xf1", kind, {0}, strlen(path), strlen(other), 0,
                            offset, inode};
    struct iovec all[3 + PIECES] = {{&record, sizeof record},
                                    {(void *)path, record.path},
                                    {(void *)other, record.other}};
    for (int at = 0; at < count; at++) {
        all[3 + at] = data[at];
        record.data += data[at].iov_len;
    }
    int fd = syscall(SYS_openat, AT_FDCWD, journal, O_WRONLY | O_APPEND | O_CLOEXEC, 0);
    if (fd >= 0) {
        syscall(SYS_writev, fd, all, 3 + count);
        syscall(SYS_close, fd);
    }
    errno = before;
}

static void note_written(int fd, const struct iovec *data, int count, int64_t offset) {
    char path[PATH_MAX];
    struct stat status;
    int before = errno;
    if (count <= PIECES && place_of(fd, path, &status)) {
        if (offset < 0)
            offset = fcntl(fd, F_GETFL) & O_APPEND ? status.st_size : lseek(fd, 0, SEEK_CUR);
        note('w', path, "", data, count, offset, status.st_ino);
    }
    errno = before;
}

static int opened(int folder, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    struct stat status;
    int fd = syscall(SYS_openat, folder, name, flags, mode);
    if (fd >= 0 && (flags & (O_CREAT | O_TRUNC)) && (flags & O_TMPFILE) != O_TMPFILE &&
        place_of(fd, path, &status) && S_ISREG(status.st_mode)) {
        if (flags & O_CREAT) note('c', path, "", 0, 0, 0, status.st_ino);
        if (flags & O_TRUNC) note('t', path, "", 0, 0, 0, status.st_ino);
    }
    return fd;
}

static mode_t mode_of(int flags, va_list more) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, unsigned) : 0;
}

#define OPENS(NAME)                                       \
    int NAME(const char *name, int flags, ...) {          \
        va_list more;                                     \
        va_start(more, flags);                            \
        mode_t mode = mode_of(flags, more);               \
        va_end(more);                                     \
        return opened(AT_FDCWD, name, flags, mode);       \
    }
#define OPENS_AT(NAME)                                    \
    int NAME(int folder, const char *name, int flags, ...) { \
        va_list more;                                     \
        va_start(more, flags);                            \
        mode_t mode = mode_of(flags, more);               \
        va_end(more);                                     \
        return opened(folder, name, flags, mode);         \
    }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)

int creat(const char *name, mode_t mode) {
    return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

ssize_t write(int fd, const void *data, size_t size) {
    struct iovec only = {(void *)data, size};
    note_written(fd, &only, 1, -1);
    return syscall(SYS_write, fd, data, size);
}

ssize_t writev(int fd, const struct iovec *data, int count) {
    note_written(fd, data, count, -1);
    return syscall(SYS_writev, fd, data, count);
}

#define WRITES_AT(NAME)                                                   \
    ssize_t NAME(int fd, const void *data, size_t size, off_t offset) {   \
        struct iovec only = {(void *)data, size};                         \
        note_written(fd, &only, 1, offset);                               \
        return syscall(SYS_pwrite64, fd, data, size, offset);             \
    }
WRITES_AT(pwrite)
WRITES_AT(pwrite64)

#define WRITES_PIECES_AT(NAME)                                                  \
    ssize_t NAME(int fd, const struct iovec *data, int count, off_t offset) {   \
        note_written(fd, data, count, offset);                                  \
        return syscall(SYS_pwritev, fd, data, count, offset, 0L);               \
    }
WRITES_PIECES_AT(pwritev)
WRITES_PIECES_AT(pwritev64)

static void note_size(char kind, int fd, off_t size) {
    char path[PATH_MAX];
    struct stat status;
    if (place_of(fd, path, &status)) note(kind, path, "", 0, 0, size, status.st_ino);
}

#define CUTS(NAME)                                  \
    int NAME(int fd, off_t size) {                  \
        note_size('t', fd, size);                   \
        return syscall(SYS_ftruncate, fd, size);    \
    }
CUTS(ftruncate)
CUTS(ftruncate64)

#define CUTS_NAMED(NAME)                                                  \
    int NAME(const char *name, off_t size) {                              \
        char path[PATH_MAX];                                              \
        if (place_at(AT_FDCWD, name, path))                               \
            note('t', path, "", 0, 0, size, inode_at(path));              \
        return syscall(SYS_truncate, name, size);                         \
    }
CUTS_NAMED(truncate)
CUTS_NAMED(truncate64)

/* Room at the end counts as written zeros. */
#define MAKES_ROOM(NAME)                                                      \
    int NAME(int fd, off_t offset, off_t size) {                              \
        note_size('r', fd, offset + size);                                    \
        return syscall(SYS_fallocate, fd, 0, offset, size) ? errno : 0;       \
    }
MAKES_ROOM(posix_fallocate)
MAKES_ROOM(posix_fallocate64)

static int renamed(int from_folder, const char *from, int to_folder, const char *to,
                   unsigned flags) {
    char old[PATH_MAX], new[PATH_MAX];
    int is_below = place_at(from_folder, from, old) & place_at(to_folder, to, new);
    uint64_t inode = is_below ? inode_at(old) : 0;
    int failed = syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
    if (is_below && !failed) note('m', old, new, 0, 0, 0, inode);
    return failed;
}

int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    return renamed(a, from, b, to, flags);
}

static int linked(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    char old[PATH_MAX], new[PATH_MAX];
    int is_below = place_at(from_folder, from, old) & place_at(to_folder, to, new);
    int failed = syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
    if (is_below && !failed) note('l', old, new, 0, 0, 0, inode_at(new));
    return failed;
}

int link(const char *from, const char *to) { return linked(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
    return linked(a, from, b, to, flags);
}

static int removed(int folder, const char *name, int flags) {
    char path[PATH_MAX];
    if (place_at(folder, name, path))
        note(flags & AT_REMOVEDIR ? 'f' : 'u', path, "", 0, 0, 0, inode_at(path));
    return syscall(SYS_unlinkat, folder, name, flags);
}

int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return removed(AT_FDCWD, name, AT_REMOVEDIR); }
int unlinkat(int folder, const char *name, int flags) { return removed(folder, name, flags); }

static int made(int folder, const char *name, mode_t mode) {
    char path[PATH_MAX];
    int failed = syscall(SYS_mkdirat, folder, name, mode);
    if (!failed && place_at(folder, name, path)) note('d', path, "", 0, 0, 0, inode_at(path));
    return failed;
}

int mkdir(const char *name, mode_t mode) { return made(AT_FDCWD, name, mode); }
int mkdirat(int folder, const char *name, mode_t mode) { return made(folder, name, mode); }

static int synced(int fd, long number) {
    char path[PATH_MAX];
    struct stat status, length;
    int is_below = place_of(fd, path, &status) && stat(journal, &length) == 0;
    int failed = syscall(number, fd);
    if (is_below && !failed) note('s', path, "", 0, 0, length.st_size, status.st_ino);
    return failed;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

/* Stands between a process and its file system: counts, records, kills or fails what changes files.

   Preloaded (LD_PRELOAD), off until crash_arm(). Only files below one folder count, and not the index of
   SQLite's write-ahead log (-shm), which is never read again after a crash. Each change is one operation:

     C create   W write   T truncate   S flush a file   D flush a folder
     R rename   L link    U unlink     M make a folder  X remove a folder

   At the operation with the number given, the process kills itself with SIGKILL: before it, in the middle
   of it (half of a write's bytes are written), or after it; or, from that operation on, each that takes
   space fails with the error given. With a trace, every operation is appended to it with its bytes, so that
   what a power cut would have left can be worked out afterwards.                                          */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { BEFORE, HALF, AFTER, FAIL };

static char folder[PATH_MAX];
static size_t folder_length;
static int armed, how, error_number, trace = -1, told = -1;
static long number, stop_at;
static __thread int inside;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void put(int fd, const void *bytes, size_t length) {
    const char *at = bytes;
    while (length) {
        ssize_t done = syscall(SYS_write, fd, at, length);
        if (done < 0) { if (errno == EINTR) continue; _exit(99); }
        at += done; length -= (size_t)done;
    }
}

void crash_arm(const char *below, long at, int in_which_way, int error, int trace_fd, int told_fd) {
    strncpy(folder, below, sizeof folder - 1);
    folder_length = strlen(folder);
    number = 0; stop_at = at; how = in_which_way; error_number = error; trace = trace_fd; told = told_fd;
    armed = 1;
}
void crash_disarm(void) { armed = 0; }
long crash_count(void) { return number; }

static void record(char kind, const char *path, const char *other, int64_t offset, const void *data, uint32_t length) {
    uint32_t head[3] = { (uint32_t)strlen(path), other ? (uint32_t)strlen(other) : 0, length };
    put(trace, &kind, 1); put(trace, head, sizeof head); put(trace, &offset, sizeof offset);
    put(trace, path, head[0]); if (other) put(trace, other, head[1]); if (length) put(trace, data, length);
}
void crash_mark(const char *text) { if (trace >= 0) record('A', text, NULL, 0, NULL, 0); }

static int counts(const char *path) {
    if (!armed || inside || strncmp(path, folder, folder_length) || path[folder_length] != '/') return 0;
    size_t length = strlen(path);
    return !(length > 4 && !strcmp(path + length - 4, "-shm"));
}
static int path_of(int fd, char *path) {
    if (!armed || inside) return 0;
    char link[64]; snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlink, link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return counts(path);
}
static int path_at(int dir, const char *name, char *path) {
    if (!armed || inside) return 0;
    if (name[0] == '/' || dir == AT_FDCWD) { snprintf(path, PATH_MAX, "%s", name); return counts(path); }
    char link[64], base[PATH_MAX]; snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
    ssize_t length = syscall(SYS_readlink, link, base, PATH_MAX - 1);
    if (length <= 0) return 0;
    base[length] = 0;
    if ((size_t)snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) return 0;
    return counts(path);
}
static void die(char kind, const char *path) {
    if (told >= 0) {
        char line[PATH_MAX + 8];
        int length = snprintf(line, sizeof line, "!%c %s\n", kind, path[folder_length] ? path + folder_length + 1 : ".");
        put(told, line, (size_t)length);
    }
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    for (;;) pause();
}
/* 0: go on. 1: this operation is the one; -1: it must fail. */
static int due(char kind, const char *path) {
    pthread_mutex_lock(&lock);
    long mine = ++number;
    pthread_mutex_unlock(&lock);
    if (!stop_at) return 0;
    if (how == FAIL) {
        if (mine < stop_at || !strchr("CWTRLMS", kind)) return 0;
        errno = error_number;
        return -1;
    }
    if (mine != stop_at) return 0;
    if (how == BEFORE) die(kind, path);
    return 1;
}

/* open */
static int opened(const char *symbol, int dir, const char *name, int flags, mode_t mode) {
    typedef int (*open_t)(const char *, int, ...);
    typedef int (*openat_t)(int, const char *, int, ...);
    char path[PATH_MAX]; struct stat is;
    int changes = 0, last = 0; char kind = 0;
    if ((flags & (O_CREAT | O_TRUNC)) && path_at(dir, name, path)) {
        inside = 1;
        int there = fstatat(dir, name, &is, 0) == 0;
        inside = 0;
        if (!there && (flags & O_CREAT)) kind = 'C';
        else if (there && (flags & O_TRUNC) && is.st_size && !((flags & O_CREAT) && (flags & O_EXCL))) kind = 'T';
        if (kind) { changes = 1; last = due(kind, path); if (last < 0) return -1; }
    }
    int fd = dir == AT_FDCWD ? ((open_t)dlsym(RTLD_NEXT, symbol))(name, flags, mode)
                             : ((openat_t)dlsym(RTLD_NEXT, symbol))(dir, name, flags, mode);
    if (changes && fd >= 0 && trace >= 0) record(kind, path, NULL, 0, NULL, 0);
    if (last) die(kind, path);
    return fd;
}
#define MODE mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }
int open(const char *name, int flags, ...) { MODE return opened("open", AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE return opened("open64", AT_FDCWD, name, flags, mode); }
static int opened_at(const char *symbol, int dir, const char *name, int flags, mode_t mode) {
    if (dir != AT_FDCWD) return opened(symbol, dir, name, flags, mode);
    return opened(!strcmp(symbol, "openat") ? "open" : "open64", dir, name, flags, mode);
}
int openat(int dir, const char *name, int flags, ...) { MODE return opened_at("openat", dir, name, flags, mode); }
int openat64(int dir, const char *name, int flags, ...) { MODE return opened_at("openat64", dir, name, flags, mode); }

/* write */
static ssize_t written(int fd, const void *data, size_t length, off_t offset, int positioned) {
    char path[PATH_MAX];
    int mine = length > 0 && path_of(fd, path);
    if (!mine) return positioned ? syscall(SYS_pwrite64, fd, data, length, offset) : syscall(SYS_write, fd, data, length);
    off_t at = offset;
    if (!positioned) {
        struct stat is;
        at = lseek(fd, 0, SEEK_CUR);
        if ((fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &is) == 0) at = is.st_size;
    }
    int last = due('W', path);
    if (last < 0) return -1;
    if (last && how == HALF) length = (length + 1) / 2;
    ssize_t done = positioned ? syscall(SYS_pwrite64, fd, data, length, offset) : syscall(SYS_write, fd, data, length);
    if (done > 0 && trace >= 0) record('W', path, NULL, at, data, (uint32_t)done);
    if (last) die('W', path);
    return done;
}
ssize_t write(int fd, const void *data, size_t length) { return written(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return written(fd, data, length, offset, 1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return written(fd, data, length, offset, 1); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return syscall(SYS_writev, fd, parts, count);
    ssize_t total = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = written(fd, parts[i].iov_base, parts[i].iov_len, 0, 0);
        if (done < 0) return total ? total : -1;
        total += done;
        if ((size_t)done < parts[i].iov_len) break;
    }
    return total;
}
/* What the kernel copies from file to file is written here, so that it is seen. */
static ssize_t copied(int out, int in, off64_t *offset, size_t count) {
    char buffer[65536];
    size_t some = count < sizeof buffer ? count : sizeof buffer;
    ssize_t got = offset ? syscall(SYS_pread64, in, buffer, some, *offset) : syscall(SYS_read, in, buffer, some);
    if (got <= 0) return got;
    ssize_t done = written(out, buffer, (size_t)got, 0, 0);
    if (done > 0 && offset) *offset += done;
    return done;
}
ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
    char path[PATH_MAX];
    return path_of(out, path) ? copied(out, in, offset, count) : syscall(SYS_sendfile, out, in, offset, count);
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) { return sendfile(out, in, offset, count); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
    char path[PATH_MAX];
    if (path_of(out, path)) { errno = EXDEV; return -1; }
    return syscall(SYS_copy_file_range, in, from, out, to, count, flags);
}

/* the rest: each is done, recorded, and perhaps the last */
#define CHANGE(kind, path, other, offset, call) \
    int last = due(kind, path); if (last < 0) return -1; \
    int done = call; \
    if (!done && trace >= 0) record(kind, path, other, offset, NULL, 0); \
    if (last) die(kind, path); \
    return done;

int ftruncate64(int fd, off64_t length) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return (int)syscall(SYS_ftruncate, fd, length);
    CHANGE('T', path, NULL, length, (int)syscall(SYS_ftruncate, fd, length))
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
static int flushed(int fd, long call) {
    char path[PATH_MAX]; struct stat is;
    if (!path_of(fd, path)) {
        size_t length = strlen(folder);  /* the watched folder itself is flushed too */
        if (!armed || inside || strncmp(path, folder, length) || path[length]) return (int)syscall(call, fd);
    }
    char kind = fstat(fd, &is) == 0 && S_ISDIR(is.st_mode) ? 'D' : 'S';
    CHANGE(kind, path, NULL, 0, (int)syscall(call, fd))
}
int fsync(int fd) { return flushed(fd, SYS_fsync); }
int fdatasync(int fd) { return flushed(fd, SYS_fdatasync); }
static int moved(char kind, int from_dir, const char *from, int to_dir, const char *to, int link_flags) {
    char path[PATH_MAX], other[PATH_MAX];
    int a = path_at(from_dir, from, path), b = path_at(to_dir, to, other);
    long call = kind == 'R' ? SYS_renameat : SYS_linkat;
    if (!a && !b) return (int)syscall(call, from_dir, from, to_dir, to, link_flags);
    CHANGE(kind, path, other, 0, (int)syscall(call, from_dir, from, to_dir, to, link_flags))
}
int rename(const char *from, const char *to) { return moved('R', AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return moved('R', a, from, b, to, 0); }
int link(const char *from, const char *to) { return moved('L', AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return moved('L', a, from, b, to, flags); }
int unlinkat(int dir, const char *name, int flags) {
    char path[PATH_MAX];
    if (!path_at(dir, name, path)) return (int)syscall(SYS_unlinkat, dir, name, flags);
    CHANGE((flags & AT_REMOVEDIR) ? 'X' : 'U', path, NULL, 0, (int)syscall(SYS_unlinkat, dir, name, flags))
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }
int mkdirat(int dir, const char *name, mode_t mode) {
    char path[PATH_MAX];
    if (!path_at(dir, name, path)) return (int)syscall(SYS_mkdirat, dir, name, mode);
    CHANGE('M', path, NULL, 0, (int)syscall(SYS_mkdirat, dir, name, mode))
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }

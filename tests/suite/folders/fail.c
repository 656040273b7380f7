/* Ends the process, or fails one call, at the n-th change of a file: for tests of what a kill or a full disk leaves.
 *
 * FAIL_AT      number of the call, from 1; none if 0 or not set
 * FAIL_WITH    "kill", or the number of an error
 * FAIL_COUNT   file into which the number of calls is written at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static int fails(void) {
    long call = atomic_fetch_add(&calls, 1) + 1;
    const char *at = getenv("FAIL_AT");
    if (!at || atol(at) != call)
        return 0;
    const char *with = getenv("FAIL_WITH");
    if (with && !strcmp(with, "kill"))
        raise(SIGKILL);
    errno = with ? atoi(with) : EIO;
    return 1;
}

__attribute__((destructor)) static void report(void) {
    const char *path = getenv("FAIL_COUNT");
    long total = atomic_load(&calls);
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", total);
        fclose(file);
    }
}

#define NEXT(name) (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int is_file(int fd) {
    struct stat st;
    return fd > 2 && !fstat(fd, &st) && S_ISREG(st.st_mode);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    if (is_file(fd) && fails())
        return -1;
    return (NEXT(write))(fd, bytes, count);
}

int fsync(int fd) { return fails() ? -1 : (NEXT(fsync))(fd); }
int rename(const char *from, const char *to) { return fails() ? -1 : (NEXT(rename))(from, to); }
int unlink(const char *path) { return fails() ? -1 : (NEXT(unlink))(path); }
int link(const char *from, const char *to) { return fails() ? -1 : (NEXT(link))(from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
    return fails() ? -1 : (NEXT(linkat))(a, from, b, to, flags);
}
int mkdir(const char *path, mode_t mode) { return fails() ? -1 : (NEXT(mkdir))(path, mode); }

int open64(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list list;
        va_start(list, flags);
        mode = va_arg(list, mode_t);
        va_end(list);
        if (fails())
            return -1;
    }
    return (NEXT(open64))(path, flags, mode);
}

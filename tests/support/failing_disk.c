/* Lets writes fail in one folder: loaded before the C library (LD_PRELOAD) into the process under
 * test, which says by its environment what shall fail: FAIL_FOLDER, FAIL_AT (which call, from 1),
 * FAIL_ERRNO, FAIL_ON ("" for that call alone). calls_seen counts them. Of a service that runs,
 * FAIL_WHEN names a file: while it is there, all calls fail with the number that it holds. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

int calls_seen = 0;

static int told_by(const char *when)
{
    char number[16] = "";
    int file = open(when, O_RDONLY);
    if (file < 0)
        return 0;
    ssize_t length = read(file, number, sizeof number - 1);
    close(file);
    return length > 0 ? atoi(number) : 0;
}

static int fails(int file)
{
    const char *folder = getenv("FAIL_FOLDER"), *at = getenv("FAIL_AT");
    const char *when = getenv("FAIL_WHEN");
    char name[64], path[PATH_MAX];
    if (folder == NULL || (at == NULL && when == NULL))
        return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t length = readlink(name, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    if (when != NULL) {
        int fault = told_by(when);
        if (fault == 0)
            return 0;
        errno = fault;
        return 1;
    }
    calls_seen++;
    if (getenv("FAIL_ON") ? calls_seen < atoi(at) : calls_seen != atoi(at))
        return 0;
    errno = atoi(getenv("FAIL_ERRNO"));
    return 1;
}

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t count)
{
    return fails(file) ? -1 : REAL(write)(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place)
{
    return fails(file) ? -1 : REAL(pwrite)(file, bytes, count, place);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place)
{
    return fails(file) ? -1 : REAL(pwrite64)(file, bytes, count, place);
}

int fsync(int file)
{
    return fails(file) ? -1 : REAL(fsync)(file);
}

int fdatasync(int file)
{
    return fails(file) ? -1 : REAL(fdatasync)(file);
}

int ftruncate(int file, off_t length)
{
    return fails(file) ? -1 : REAL(ftruncate)(file, length);
}

int ftruncate64(int file, off64_t length)
{
    return fails(file) ? -1 : REAL(ftruncate64)(file, length);
}

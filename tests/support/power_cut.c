/* Notes every write into one folder and every order to make it last: loaded before the C library
 * (LD_PRELOAD) into a program that saves. NOTED_FOLDER says which folder, NOTED_IN the file of the
 * notes: for each call a line `kind path place length`, and behind that of a write its bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

static void note(int file, char kind, off64_t place, const void *bytes, size_t length)
{
    static int notes = -1;
    const char *folder = getenv("NOTED_FOLDER");
    char name[64], path[PATH_MAX], line[PATH_MAX + 64];
    if (folder == NULL || file == notes)
        return;
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t found = readlink(name, path, sizeof path - 1);
    if (found < 0)
        return;
    path[found] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0)
        return;
    if (notes < 0)
        notes = open(getenv("NOTED_IN"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    int size = snprintf(line, sizeof line, "%c %s %lld %zu\n", kind, path, (long long)place, length);
    if (REAL(write)(notes, line, size) != size)
        abort();
    if (bytes != NULL && REAL(write)(notes, bytes, length) != (ssize_t)length)
        abort();
}

ssize_t write(int file, const void *bytes, size_t count)
{
    off64_t place = lseek64(file, 0, SEEK_CUR);
    ssize_t done = REAL(write)(file, bytes, count);
    if (done > 0)
        note(file, 'w', place, bytes, done);
    return done;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place)
{
    ssize_t done = REAL(pwrite)(file, bytes, count, place);
    if (done > 0)
        note(file, 'w', place, bytes, done);
    return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place)
{
    ssize_t done = REAL(pwrite64)(file, bytes, count, place);
    if (done > 0)
        note(file, 'w', place, bytes, done);
    return done;
}

int ftruncate(int file, off_t length)
{
    int done = REAL(ftruncate)(file, length);
    if (done == 0)
        note(file, 't', length, NULL, 0);
    return done;
}

int ftruncate64(int file, off64_t length)
{
    int done = REAL(ftruncate64)(file, length);
    if (done == 0)
        note(file, 't', length, NULL, 0);
    return done;
}

int fsync(int file)
{
    int done = REAL(fsync)(file);
    if (done == 0)
        note(file, 's', 0, NULL, 0);
    return done;
}

int fdatasync(int file)
{
    int done = REAL(fdatasync)(file);
    if (done == 0)
        note(file, 's', 0, NULL, 0);
    return done;
}

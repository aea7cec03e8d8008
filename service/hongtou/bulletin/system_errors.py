"""Errors of the operating system in Chinese, each with a remedy where nobody knows a nearer one."""

from __future__ import annotations

import errno

REASONS = {
    errno.ENOENT: ("没有这个文件，或所在的目录不存在", "请核对路径，先建立目录"),
    errno.ENOTDIR: ("路径中有一段不是目录", "请核对路径"),
    errno.EEXIST: ("已有这个名字的文件，不是目录", "请换一个名字，或移走该文件"),
    errno.EISDIR: ("这是一个目录", "请换一个文件名，或移走该目录"),
    errno.EACCES: ("没有权限", "请换一个目录，或请管理员放开权限"),
    errno.EPERM: ("系统不允许", "请换一个普通文件"),
    errno.EROFS: ("所在的磁盘是只读的", "请换一个目录"),
    errno.ENOSPC: ("磁盘已满", "请腾出空间后重试"),
    errno.EDQUOT: ("磁盘配额已用完", "请腾出空间后重试"),
    errno.EFBIG: ("超过单个文件大小的限制", "请用 ulimit -f unlimited 放宽"),
    errno.EPIPE: ("接收的程序已经结束，没有写完", "请检查管道后面的命令"),
    errno.EBADF: ("已经关闭", "请改为文件，或去掉命令末尾的 <&-、>&-"),
    errno.ENXIO: ("没有设备或程序在另一端", "请换一个普通文件"),
    errno.ELOOP: ("链接绕成了圈", "请改正链接"),
    errno.ENAMETOOLONG: ("文件名太长", "请换一个短的文件名"),
    errno.EAGAIN: ("进程或线程数到了上限", "请用 ulimit -u 放宽"),
    errno.ENOMEM: ("内存不够", "请腾出内存后重试"),
    errno.EMFILE: ("打开的文件太多", "请用 ulimit -n 放宽"),
    errno.ETXTBSY: ("这是正在运行的程序", "请换一个文件名"),
    errno.EIO: ("设备出错", "请检查磁盘"),
    errno.EXDEV: ("两处不在同一个磁盘上", "请换一个目录"),
    errno.EADDRINUSE: (
        "端口已被别的程序占用",
        "请用 --port 或 HONGTOU_PORT 换一个端口，或停止占用该端口的程序",
    ),
    errno.EADDRNOTAVAIL: (
        "这不是本机的地址",
        "请把 HONGTOU_HOST 改为本机的地址，如 127.0.0.1",
    ),
}
UNKNOWN_HOST = "找不到这个主机名"


def reason_of(error: OSError) -> str:
    """Return what happened; what nobody foresaw as the system has it."""
    from socket import gaierror  # here, or every command would load it for the few that fail

    if isinstance(error, gaierror):
        return UNKNOWN_HOST
    reason, _ = REASONS.get(error.errno or 0, ("", ""))
    return reason or error.strerror or str(error)


def listening_remedy(error: OSError) -> str:
    """Return what to do where a service cannot listen."""
    if error.errno == errno.EACCES:
        return "1024 以下的端口须由 root 开放：请用 HONGTOU_PORT 换一个端口"
    is_in_use = error.errno == errno.EADDRINUSE
    return REASONS[errno.EADDRINUSE if is_in_use else errno.EADDRNOTAVAIL][1]

using System.Buffers;

namespace Outrider.Agent.Collectors.Proc;

/// <summary>
/// <c>/proc/mounts</c> (fstab(5)): the file systems whose space is worth watching. Left out are those without space of their own, and
/// those of a network, where asking may hang for as long as the server is away.
/// </summary>
internal sealed class MountTable
{
    private static readonly HashSet<string> s_ignored = new(StringComparer.Ordinal)
    {
        "autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "fusectl", "hugetlbfs",
        "iso9660", "mqueue", "nsfs", "proc", "pstore", "ramfs", "rpc_pipefs", "securityfs", "selinuxfs", "squashfs", "sysfs", "tracefs",
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs", "ocfs2", "gfs2", "virtiofs",
    };

    private readonly List<Mount> _mounts = [];
    private readonly NameTable _names = new();

    public IReadOnlyList<Mount> Mounts => _mounts;

    public void Read(ReadOnlySpan<byte> text)
    {
        _mounts.Clear();
        var lines = new LineReader(text);
        while (lines.TryNext(out var line))
        {
            var fields = new FieldReader(line);
            var (device, point, type) = (Unescape(fields.Next()), Unescape(fields.Next()), Unescape(fields.Next()));
            if (point.Length > 0 && IsWatched(point, type) && !_mounts.Any(known => IsSame(known, device, point)))
                _mounts.Add(new Mount(point, device, type));
        }
    }

    private static bool IsWatched(string point, string type) =>
        !s_ignored.Contains(type)
        && !type.StartsWith("fuse.", StringComparison.Ordinal)
        // A container's layers are its host's disk again; only its own root is worth a look.
        && (type != "overlay" || point == "/")
        && !(point is "/dev" or "/proc" or "/sys" || point.StartsWith("/dev/", StringComparison.Ordinal)
            || point.StartsWith("/proc/", StringComparison.Ordinal) || point.StartsWith("/sys/", StringComparison.Ordinal)
            || point.StartsWith("/run/", StringComparison.Ordinal) || point.StartsWith("/var/lib/docker/", StringComparison.Ordinal)
            || point.StartsWith("/var/lib/containers/", StringComparison.Ordinal) || point.StartsWith("/var/lib/kubelet/", StringComparison.Ordinal));

    /// <summary>Bind mounts show one device at several places, and a mount may hide an earlier one: the first place counts.</summary>
    private static bool IsSame(Mount known, string device, string point) =>
        known.Point == point || known.Device == device && device.StartsWith('/');

    /// <summary>Blank, tab, line feed and backslash stand as \040, \011, \012 and \134.</summary>
    private string Unescape(ReadOnlySpan<byte> field)
    {
        if (!field.Contains((byte)'\\'))
            return _names.Get(field);
        var plain = new ArrayBufferWriter<byte>(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            var escape = field[i..];
            if (escape is [(byte)'\\', >= (byte)'0' and <= (byte)'3', >= (byte)'0' and <= (byte)'7', >= (byte)'0' and <= (byte)'7', ..])
            {
                plain.Write([(byte)((escape[1] - '0') * 64 + (escape[2] - '0') * 8 + (escape[3] - '0'))]);
                i += 3;
            }
            else
            {
                plain.Write(escape[..1]);
            }
        }
        return _names.Get(plain.WrittenSpan);
    }
}

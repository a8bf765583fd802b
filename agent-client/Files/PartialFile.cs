using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Outrider.Protocol.Files;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Files;

/// <summary>
/// What of a file has come so far, in the agent's folder: it outlives links and restarts, and is found again by the file's SHA-256. One user
/// at a time: who fetches the same content at once has a part of their own.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    public const string Ending = ".part";

    private const string WholeEnding = ".whole";

    private readonly FileStream _file;
    private readonly TaskFile _about;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;
    private bool _moved;

    private PartialFile(FileStream file, TaskFile about) => (_file, _about) = (file, about);

    /// <summary>The first block that it lacks; the number of blocks once it has them all.</summary>
    public uint Next { get; private set; }

    public bool IsWhole => Next == FileBlocks.Count(_about.Size);

    /// <summary>Opens what there is of a file, or begins it. <c>unavailable</c>: the disk.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The result owns the file.")]
    public static Outcome<PartialFile> Open(string folder, TaskFile about)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{about.Sha256}.{number}{Ending}"));
                if (TryOpen(path) is not { } file)
                    continue;
                var partial = new PartialFile(file, about);
                partial.Resume();
                if (DiskProblems.Lacks(folder, about.Size - partial._length) is not { } full)
                    return partial;
                partial.Dispose();
                return full;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiskProblems.Describe(e, folder);
        }
    }

    /// <summary>Appends the block that is due. Null: it is there.</summary>
    public Problem? Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, bytes, _length);
        }
        catch (IOException e)
        {
            return DiskProblems.Describe(e, _file.Name);
        }
        _sha256.AppendData(bytes);
        _length += bytes.Length;
        Next++;
        return null;
    }

    /// <summary>Whether it is what it should be. What isn't is forgotten. <c>file_invalid</c>.</summary>
    public Problem? Verify()
    {
        var sha256 = Convert.ToHexStringLower(_sha256.GetHashAndReset());
        if (sha256 == _about.Sha256)
            return null;
        Cut(0);
        return new Problem(ProblemCodes.FileInvalid, $"What came of '{_about.Name}' has the SHA-256 {sha256}, not {_about.Sha256}.");
    }

    /// <summary>Puts the whole file where it shall be, durable. Null: it is there. <c>unavailable</c>: it can't be, or something is there.</summary>
    public Problem? MoveTo(string path)
    {
        try
        {
            if (Path.Exists(path))
                return new Problem(ProblemCodes.Unavailable, $"{path} is there already on the agent's machine.");
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
            Move(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiskProblems.Describe(e, path);
        }
    }

    public void Dispose()
    {
        // Before it is closed: until then nobody else can have opened it.
        if (!_moved && _length == 0)
            File.Delete(_file.Name);
        if (!_moved)
            _file.Dispose();
        _sha256.Dispose();
    }

    private static FileStream? TryOpen(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            var file = new FileStream(path, options);
            // It is locked only after it was opened: who had it until then may have moved it away.
            if (File.Exists(path))
                return file;
            file.Dispose();
            return null;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody has it open.
            return null;
        }
    }

    /// <summary>
    /// Under another name first, by which nobody takes it for a part: it is locked until it is closed, and only then can be copied, should it
    /// go to another disk. What that leaves when it fails is removed, and the part is a part again.
    /// </summary>
    private void Move(string path)
    {
        var whole = Path.ChangeExtension(_file.Name, WholeEnding);
        File.Move(_file.Name, whole, overwrite: true);
        _moved = true;
        _file.Dispose();
        try
        {
            File.Move(whole, path);
            using var moved = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.FlushToDisk(moved);
        }
        catch
        {
            File.Delete(path);
            if (File.Exists(whole))
                File.Move(whole, _file.Name, overwrite: true);
            throw;
        }
    }

    /// <summary>Keeps the whole blocks that are there.</summary>
    private void Resume()
    {
        var there = _file.Length;
        var whole = there == _about.Size && there > 0;
        Cut(whole ? there : there < _about.Size ? there / FileBlocks.Bytes * FileBlocks.Bytes : 0);
        var buffer = new byte[1 << 20];
        for (long at = 0; at < _length;)
        {
            var read = RandomAccess.Read(_file.SafeFileHandle, buffer, at);
            _sha256.AppendData(buffer, 0, read);
            at += read;
        }
        Next = whole ? FileBlocks.Count(_about.Size) : (uint)(_length / FileBlocks.Bytes);
    }

    private void Cut(long length)
    {
        if (_file.Length != length)
            RandomAccess.SetLength(_file.SafeFileHandle, length);
        (_length, Next) = (length, (uint)(length / FileBlocks.Bytes));
    }
}

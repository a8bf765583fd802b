namespace Outrider.Storage.Files;

/// <summary>Files and folders that only the owner of the process may read.</summary>
internal static class OwnFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
    }

    /// <summary>
    /// Opens a file for this caller alone, of all processes that share the disk. Throws <see cref="IOException"/> when somebody else has it, or
    /// when it was moved away just now.
    /// </summary>
    public static FileStream OpenAlone(string path, FileMode mode)
    {
        // Windows shares nothing but the right to delete; elsewhere only None locks.
        var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is FileMode.OpenOrCreate)
            options.UnixCreateMode = Owner;
        var file = new FileStream(path, options);
        // It is locked only after it was opened: who had it until then may have put it into place, and it must not be written any more.
        if (File.Exists(path))
            return file;
        file.Dispose();
        throw new FileNotFoundException($"{path} was moved away.");
    }

    /// <summary>Puts a file where it belongs, unless there is one already. True: it was moved.</summary>
    public static bool Place(string from, string to)
    {
        CreateFolder(Path.GetDirectoryName(to)!);
        if (File.Exists(to))
            return false;
        File.Move(from, to, overwrite: true);
        return true;
    }
}

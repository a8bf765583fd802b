namespace Outrider.Grains.Files;

/// <summary>How large files may be, and how long links to them last.</summary>
public static class FileLimits
{
    /// <summary>Most bytes of a file of kind <see cref="FileKind.User"/>.</summary>
    public const long UserBytes = 50L * 1024 * 1024;

    /// <summary>Most bytes of a file of kind <see cref="FileKind.Artefact"/>.</summary>
    public const long ArtefactBytes = 5L * 1024 * 1024 * 1024;

    /// <summary>Most bytes of a name, in UTF-8: what file systems take.</summary>
    public const int NameBytes = 255;

    /// <summary>How long a link lasts unless the caller says otherwise.</summary>
    public static readonly TimeSpan Link = TimeSpan.FromHours(1);

    public static readonly TimeSpan ShortestLink = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan LongestLink = TimeSpan.FromHours(24);

    /// <summary>Most bytes of a file of this kind.</summary>
    public static long BytesOf(FileKind kind) => kind is FileKind.User ? UserBytes : ArtefactBytes;
}

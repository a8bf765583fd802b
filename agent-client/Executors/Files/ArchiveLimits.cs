namespace Outrider.Agent.Executors.Files;

/// <summary>What an archive may unpack to; more is a bomb.</summary>
/// <param name="Bytes">All its files together.</param>
/// <param name="Archive">Bytes of the archive itself.</param>
internal sealed record ArchiveLimits(long Bytes, long Archive)
{
    public const int Entries = 10_000;

    private const int Ratio = 200;
    private const long AlwaysFine = 1024 * 1024;

    /// <summary>Null: so many bytes may come out of it.</summary>
    public string? Fault(long bytes) =>
        bytes > Bytes ? $"it holds more than the {Bytes} bytes that this agent's policy allows (file.max_bytes)"
        : bytes > AlwaysFine && bytes / Ratio > Archive ? $"it holds more than {Ratio} times its own size"
        : null;
}

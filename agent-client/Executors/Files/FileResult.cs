namespace Outrider.Agent.Executors.Files;

/// <summary>What became of it.</summary>
/// <param name="Path">The real path of the file or folder.</param>
/// <param name="Bytes">Its size; of an archive all that it held.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
/// <param name="FileId">Of a fetched file: its id at the centre.</param>
/// <param name="Entries">Of an archive: files and folders that it held.</param>
internal sealed record FileResult(string Path, long Bytes, string Sha256, string? FileId = null, int? Entries = null);

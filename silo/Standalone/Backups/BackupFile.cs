namespace Outrider.Silo.Standalone.Backups;

/// <summary>A file of a backup.</summary>
/// <param name="Name">As it is called in the data folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">In lower-case hex.</param>
public sealed record BackupFile(string Name, long Bytes, string Sha256);

using System.Text.Json;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Standalone.Configuration;

namespace Outrider.Silo.Standalone.Backups;

/// <summary>What a backup holds: its <c>manifest.json</c>, written last.</summary>
/// <param name="Format">The version of the backup's format.</param>
/// <param name="Version">The program that made it.</param>
/// <param name="At">The moment that its databases show.</param>
/// <param name="Files">Its files, the databases among them.</param>
public sealed record BackupManifest(int Format, string Version, DateTimeOffset At, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "manifest.json";

    /// <summary>The format that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public bool Holds(string name) => Files.Any(file => file.Name == name);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, s_json);

    /// <summary>The manifest of a backup.</summary>
    /// <exception cref="CentreException">The folder is no backup that this program can restore.</exception>
    public static BackupManifest Read(string folder)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(Path.Combine(folder, FileName)), s_json)!;
            if (manifest.Format != CurrentFormat)
            {
                throw new CentreException(
                    $"{folder} is a backup of format {manifest.Format}; this program knows {CurrentFormat}. Restore it with version {manifest.Version}.");
            }
            // Also keeps a manifest from writing anywhere else.
            if (manifest.Files.FirstOrDefault(file => !DataFolder.Kept.Contains(file.Name)) is { } strange)
                throw new CentreException($"The backup {folder} names a file that no centre has: {strange.Name}.");
            return DataFolder.Databases.FirstOrDefault(name => !manifest.Holds(name)) is { } missing
                ? throw new CentreException($"The backup {folder} has no {missing}.")
                : manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CentreException($"{folder} is no backup: its {FileName} can't be read. {e.Message}", e);
        }
    }
}

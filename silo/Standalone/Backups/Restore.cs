using System.Globalization;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Storage.Sqlite;

namespace Outrider.Silo.Standalone.Backups;

/// <summary>
/// Puts a backup into a data folder. Everything is copied and checked aside, in the folder itself (which may be a mount), and then
/// renamed. What ends in the middle of the renaming leaves <see cref="DataFolder.Restoring"/>, and no centre starts on that.
/// </summary>
internal static class Restore
{
    /// <summary>Restores it.</summary>
    /// <param name="backup">The backup's folder.</param>
    /// <param name="data">The data folder, made if it isn't there.</param>
    /// <param name="force">Whether what the folder holds is moved aside, instead of refusing it.</param>
    /// <param name="time">Names the folder of what is moved aside.</param>
    /// <param name="cancellation">Ends the copying; the data folder is then as it was.</param>
    /// <returns>What was restored, and where what was there is now; null: nothing was.</returns>
    /// <exception cref="CentreException">The backup isn't whole, or the folder can't be used.</exception>
    public static (BackupManifest Manifest, string? Aside) Run(
        string backup, string data, bool force, TimeProvider time, CancellationToken cancellation)
    {
        var manifest = BackupManifest.Read(Path.GetFullPath(backup));
        using var folder = DataFolder.Lock(data);
        var old = manifest.Files.Select(file => file.Name)
            .Concat(DataFolder.Databases.SelectMany(name => new[] { $"{name}-wal", $"{name}-shm" }))
            .Where(name => File.Exists(Path.Combine(folder.Path, name))).ToList();
        if (old.Count > 0 && !force)
        {
            throw new CentreException(
                $"{folder.Path} holds a centre's data ({string.Join(", ", old)}). Name an empty folder, or move that aside with --force.");
        }
        var staging = Path.Combine(folder.Path, DataFolder.Restoring);
        try
        {
            Stage(manifest, Path.GetFullPath(backup), staging, cancellation);
            var aside = old.Count == 0 ? null : Path.Combine(folder.Path, $"before-{Stamp(time)}");
            if (aside is not null)
                Move(old, folder.Path, aside);
            Move(manifest.Files.Select(file => file.Name), staging, folder.Path);
            Directory.Delete(staging, recursive: true);
            return (manifest, aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CentreException($"The backup can't be restored into {folder.Path}: {e.Message}", e);
        }
    }

    private static void Stage(BackupManifest manifest, string backup, string staging, CancellationToken cancellation)
    {
        Remove(staging);
        var partial = staging + ".partial";
        Remove(partial);
        DataFolder.Create(partial);
        try
        {
            foreach (var file in manifest.Files)
            {
                if (DurableFile.Copy(Path.Combine(backup, file.Name), Path.Combine(partial, file.Name), cancellation) != file)
                    throw Damaged(Path.Combine(backup, file.Name), "was changed or damaged since the backup was made");
            }
            foreach (var name in DataFolder.Databases)
            {
                if (SqliteIntegrity.Check(Path.Combine(partial, name)) is [var fault, ..])
                    throw Damaged(Path.Combine(backup, name), $"was damaged already when the backup was made ({fault})");
            }
            Directory.Move(partial, staging);
        }
        catch
        {
            Remove(partial);
            throw;
        }
    }

    private static void Move(IEnumerable<string> names, string from, string to)
    {
        DataFolder.Create(to);
        foreach (var name in names)
            File.Move(Path.Combine(from, name), Path.Combine(to, name));
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static CentreException Damaged(string file, string how) => new($"{file} {how}. Nothing was restored; use another backup.");

    private static string Stamp(TimeProvider time) => time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}

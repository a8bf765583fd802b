using Outrider.Api.Health;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Storage.Sqlite;

namespace Outrider.Silo.Standalone.Backups;

/// <summary>Makes a backup: a folder with a copy of what a data folder keeps, whether a centre runs on that or not.</summary>
internal static class Backup
{
    /// <summary>Makes it under another name and renames it when it is whole; nothing is left when that fails.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="to">The backup; must not be there.</param>
    /// <param name="withKey">Whether the platform key is in it.</param>
    /// <param name="time">Says when it was made.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="CentreException">It can't be made.</exception>
    /// <exception cref="Storage.StorageException">A database can't be copied.</exception>
    public static BackupManifest Make(string data, string to, bool withKey, TimeProvider time, CancellationToken cancellation)
    {
        data = Path.GetFullPath(data);
        to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        DataFolder.RequireDatabases(data);
        var partial = to + ".partial";
        if (new[] { to, partial }.FirstOrDefault(Path.Exists) is { } there)
            throw new CentreException($"{there} is there already. Name another folder for the backup, or remove that one.");
        try
        {
            DataFolder.Create(partial);
            var manifest = Fill(partial, data, withKey, time, cancellation);
            DurableFile.Write(Path.Combine(partial, BackupManifest.FileName), manifest.ToBytes());
            Directory.Move(partial, to);
            return manifest;
        }
        catch (Exception e)
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            if (e is IOException or UnauthorizedAccessException)
                throw new CentreException($"The backup {to} can't be made: {e.Message}", e);
            throw;
        }
    }

    private static BackupManifest Fill(string backup, string data, bool withKey, TimeProvider time, CancellationToken cancellation)
    {
        var files = new List<BackupFile>();
        using var snapshot = SqliteSnapshot.Take([.. DataFolder.Databases.Select(name => Path.Combine(data, name))]);
        var at = time.GetUtcNow();
        foreach (var name in DataFolder.Databases)
        {
            snapshot.Copy(Path.Combine(data, name), Path.Combine(backup, name), cancellation);
            files.Add(DurableFile.Describe(Path.Combine(backup, name), cancellation));
        }
        foreach (var name in DataFolder.Kept.Except(DataFolder.Databases))
        {
            if (File.Exists(Path.Combine(data, name)) && (withKey || name != DataFolder.PlatformKeyFile))
                files.Add(DurableFile.Copy(Path.Combine(data, name), Path.Combine(backup, name), cancellation));
        }
        return new BackupManifest(BackupManifest.CurrentFormat, HealthEndpoints.Version, at, files);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Outrider.Protocol.Credentials;
using Outrider.Silo.Hosting.Configuration;

namespace Outrider.Silo.Standalone.Configuration;

/// <summary>The folder of everything a centre keeps, locked for as long as this lives.</summary>
public sealed class DataFolder : IDisposable
{
    public const string PlatformKeyFile = "platform.key";
    public const string TenantsFile = "tenants.json";

    /// <summary>There while a restore puts its files into place: what is beside it may be half.</summary>
    public const string Restoring = "restoring";

    internal const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string DatabaseFile = "outrider.db";
    private const string MetricsFile = "metrics.db";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    public string Path { get; }

    /// <summary>Grain state, reports and audit.</summary>
    public string Database => System.IO.Path.Combine(Path, DatabaseFile);

    /// <summary>What agents measure.</summary>
    public string Metrics => System.IO.Path.Combine(Path, MetricsFile);

    /// <summary>Tenants' files, unless the centre is told another folder.</summary>
    public string Files => System.IO.Path.Combine(Path, "files");

    /// <summary>Names of the SQLite files.</summary>
    public static IReadOnlyList<string> Databases { get; } = [DatabaseFile, MetricsFile];

    /// <summary>Names of all files that a centre can't make anew: the databases first.</summary>
    public static IReadOnlyList<string> Kept { get; } = [DatabaseFile, MetricsFile, TenantsFile, PlatformKeyFile];

    /// <summary>Makes the folder if it isn't there, for its owner only, and locks it for a centre.</summary>
    /// <exception cref="CentreException">It can't be used, another centre uses it, or it is half restored.</exception>
    public static DataFolder Open(string path)
    {
        var folder = Lock(path);
        if (!Directory.Exists(System.IO.Path.Combine(folder.Path, Restoring)))
            return folder;
        folder.Dispose();
        throw new CentreException($"A restore into {folder.Path} was cut off. Run it again: outrider restore BACKUP --force --data {folder.Path}");
    }

    /// <summary>Refuses a folder in which no centre has kept data yet.</summary>
    /// <exception cref="CentreException">A database isn't there.</exception>
    public static void RequireDatabases(string path)
    {
        if (Databases.FirstOrDefault(name => !File.Exists(System.IO.Path.Combine(path, name))) is { } missing)
        {
            throw new CentreException(
                $"{System.IO.Path.GetFullPath(path)} has no {missing}. Name the centre's data folder (--data or OUTRIDER_DATA), or start the centre "
                + "once.");
        }
    }

    /// <summary>Makes a folder if it isn't there, for its owner only.</summary>
    internal static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Makes the folder if it isn't there, for its owner only, and locks it, whatever is in it.</summary>
    /// <exception cref="CentreException">It can't be used, or another centre uses it.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The result owns the lock.")]
    internal static DataFolder Lock(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Create(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CentreException($"The data folder {full} can't be made: {e.Message} Name another one (OUTRIDER_DATA or --data).", e);
        }
        try
        {
            // The system gives the lock back when the process ends, however it ends.
            return new DataFolder(full, new FileStream(System.IO.Path.Combine(full, "outrider.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new CentreException(
                $"Another centre uses the data folder {full}. Stop it, or give this one a folder of its own (OUTRIDER_DATA or --data).", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CentreException($"This process may not write to the data folder {full}. Give it the right to, or name another one.", e);
        }
    }

    /// <summary>The platform key in the folder, made if there is none.</summary>
    /// <exception cref="CentreException">The file holds no platform key.</exception>
    public Credential PlatformKey()
    {
        var file = System.IO.Path.Combine(Path, PlatformKeyFile);
        if (!File.Exists(file))
        {
            var made = Credential.Create(CredentialKind.Platform, "", "", RandomNumberGenerator.GetBytes(32));
            WriteWhole(file, made.Text);
            return made;
        }
        return Credential.TryParse(File.ReadAllText(file).Trim(), out var key) && key.Kind is CredentialKind.Platform
            ? key
            : throw new CentreException($"{file} holds no platform key. Remove it to have a new one made, or set OUTRIDER_PLATFORM_KEY.");
    }

    public void Dispose() => _lock.Dispose();

    private static void WriteWhole(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(file + ".new", options))
            writer.WriteLine(text);
        File.Move(file + ".new", file);
    }
}

using System.Globalization;
using Npgsql;
using Outrider.Testing.Processes;

namespace Outrider.Testing.Postgres;

/// <summary>
/// A private PostgreSQL (Debian package postgresql) on a free loopback port with a data folder of its own. It refuses to run as root, and
/// so runs as the package's user postgres then. It dies with its disposal or with the test's process, and its folder goes with the disposal.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The administrator's password; the user is postgres.</summary>
    public const string Password = "postgres-password";

    // Ends the server when the standard input ends, which it does with the process that holds its other end.
    private const string UntilInputEnds = """
        exec 3<&0
        "$@" & server=$!
        { read -r _ <&3; kill -QUIT $server; } >/dev/null 2>&1 & watcher=$!
        wait $server
        kill $watcher
        """;

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder;
    private ChildProcess? _process;

    private PostgresServer(DirectoryInfo folder, int port) => (_folder, Port) = (folder, port);

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Makes an empty data folder, starts a server on it and waits until it takes logins.</summary>
    /// <exception cref="InvalidOperationException">It isn't installed, or doesn't start; the message says why.</exception>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer(Directory.CreateTempSubdirectory("outrider-postgres-"), FreePort.Next());
        var passwordFile = Path.Combine(server._folder.FullName, "password");
        await File.WriteAllTextAsync(passwordFile, Password);
        if (Environment.IsPrivilegedProcess)
            await ChildProcess.RunAsync("chown", ["-R", "postgres:", server._folder.FullName]);
        await ChildProcess.RunAsync("env",
        [
            .. Program("initdb"), "--username=postgres", $"--pwfile={passwordFile}", "--auth=scram-sha-256", "--encoding=UTF8",
            "--locale=C", "--no-sync", $"--pgdata={server.Data}",
        ], folder: server._folder.FullName);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>How to log in as the administrator.</summary>
    /// <param name="port">A proxy's, instead of the server's own.</param>
    /// <remarks>Why GSS is off: https://github.com/npgsql/npgsql/issues/6415</remarks>
    public string ConnectionString(string database = "postgres", int? port = null) =>
        string.Create(CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port ?? Port};Username=postgres;Password={Password};Database={database};")
        + "Maximum Pool Size=20;Gss Encryption Mode=Disable";

    /// <summary>Stops it at once, as a crash would: it writes nothing more, and recovers from its log when it starts again.</summary>
    public async Task CrashAsync()
    {
        if (_process is null)
            return;
        var pid = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        await ChildProcess.RunAsync("kill", ["-QUIT", pid]);
        await _process.ExitAsync(TestTimeouts.Default);
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Starts it on the data it has, and waits until it takes logins.</summary>
    public async Task StartAgainAsync()
    {
        // fsync off: the data has to survive the server's death, not the machine's.
        _process = ChildProcess.Start("/bin/sh",
        [
            "-c", UntilInputEnds, "sh", "env", .. Program("postgres"), "-D", Data, "-h", "127.0.0.1", "-p", $"{Port}", "-k", _folder.FullName,
            "-c", "fsync=off", "-c", "shared_buffers=32MB",
        ], folder: _folder.FullName);
        using var deadline = new CancellationTokenSource(TestTimeouts.Default, TimeProvider.System);
        while (!await TakesLoginsAsync(deadline.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"PostgreSQL doesn't start:\n{_process.Output}");
            // A process has no event for "ready": ask again.
            await Task.Delay(s_pollInterval, TimeProvider.System, deadline.Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> TakesLoginsAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>The newest installed version's program, as arguments of <c>env</c> that run it as a user it accepts.</summary>
    private static string[] Program(string name)
    {
        var file = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", name))
                .Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        if (file is null)
            throw new InvalidOperationException($"{name} isn't installed. On Debian: apt-get install postgresql.");
        return Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", file] : [file];
    }
}

using System.Diagnostics;
using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.MySql.Transport;

namespace Outrider.Testing.MariaDb;

/// <summary>
/// A private MariaDB (Debian package mariadb-server) on a free loopback port, with a data folder and a TLS certificate of its own. It dies
/// with its disposal, and its folder goes too.
/// </summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    /// <summary>The administrator's password; the user is root, from anywhere on this machine.</summary>
    public const string RootPassword = "root-password";

    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder;
    private readonly string[] _arguments;
    private Process _process;

    private MariaDbServer(DirectoryInfo folder, int port, string[] arguments)
    {
        _folder = folder;
        _arguments = arguments;
        _process = Start("mariadbd", arguments);
        Port = port;
    }

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The process that runs now.</summary>
    public int ProcessId => _process.Id;

    /// <summary>PEM file of the authority that signed the server's certificate, which is for localhost and 127.0.0.1.</summary>
    public string CaFile => Path.Combine(_folder.FullName, "ca.pem");

    /// <summary>Options of the administrator's login, to database test, without TLS.</summary>
    public ClientOptions Root => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        User = "root",
        Password = RootPassword,
        Database = "test",
        Tls = TlsMode.Disabled,
    };

    /// <summary>Starts a server and waits until it takes logins.</summary>
    /// <param name="arguments">More options for mariadbd, such as --max-allowed-packet=64M.</param>
    /// <exception cref="InvalidOperationException">It isn't installed, or doesn't start; the message says why.</exception>
    public static async Task<MariaDbServer> StartAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("outrider-mariadb-");
        await RunAsync("mariadb-install-db",
            [.. Common(folder), "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]);
        TestCertificate.Write(folder.FullName);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "init.sql"), $"""
            CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY '{RootPassword}';
            GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
            ALTER USER root@localhost IDENTIFIED BY '{RootPassword}';
            CREATE DATABASE IF NOT EXISTS test;

            """);

        var port = Processes.FreePort.Next();
        var server = new MariaDbServer(folder, port,
        [
            .. Common(folder), $"--port={port}", "--bind-address=127.0.0.1", "--skip-name-resolve",
            $"--socket={Path.Combine(folder.FullName, "mysql.sock")}", $"--pid-file={Path.Combine(folder.FullName, "mysql.pid")}",
            $"--init-file={Path.Combine(folder.FullName, "init.sql")}", $"--ssl-ca={Path.Combine(folder.FullName, "ca.pem")}",
            $"--ssl-cert={Path.Combine(folder.FullName, "server.pem")}", $"--ssl-key={Path.Combine(folder.FullName, "server.key")}",
            $"--log-error={Path.Combine(folder.FullName, "error.log")}", "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M",
            "--innodb-flush-log-at-trx-commit=0", "--performance-schema=OFF", .. arguments,
        ]);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>As <c>kill -9</c>; returns when it is gone.</summary>
    public async Task CrashAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it on the data it has, after a crash, and waits until it takes logins.</summary>
    /// <remarks>What must survive the crash needs a server started with --innodb-flush-log-at-trx-commit=2.</remarks>
    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Start("mariadbd", _arguments);
        await WaitUntilReadyAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string[] Common(DirectoryInfo folder) =>
        ["--no-defaults", $"--datadir={Path.Combine(folder.FullName, "data")}", $"--user={Environment.UserName}"];

    private async Task WaitUntilReadyAsync()
    {
        using var deadline = new CancellationTokenSource(s_startTimeout, TimeProvider.System);
        while (true)
        {
            try
            {
                await using var session = await ClientSession.ConnectAsync(Root, deadline.Token);
                return;
            }
            catch (MySqlException e)
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"mariadbd doesn't start:\n{ReadErrorLog()}", e);
            }
            catch (OperationCanceledException e)
            {
                await DisposeAsync();
                throw new InvalidOperationException($"mariadbd isn't ready after {s_startTimeout.TotalSeconds} s.", e);
            }
            // A process has no event for "ready": ask again.
            await Task.Delay(s_pollInterval, TimeProvider.System, CancellationToken.None);
        }
    }

    private string ReadErrorLog()
    {
        var file = Path.Combine(_folder.FullName, "error.log");
        return File.Exists(file) ? File.ReadAllText(file) : "(no log)";
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed with exit code {process.ExitCode}:\n{output}");
    }

    private static Process Start(string program, string[] arguments)
    {
        var file = new[] { "/usr/bin", "/usr/sbin" }.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} isn't installed. On Debian: apt-get install mariadb-server.");
        return Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} didn't start.");
    }
}

using System.Diagnostics;

namespace Outrider.Tests.Boundary.MySql;

/// <summary>Debian's mariadb command line client: a peer that isn't ours.</summary>
internal static class CommandLineClient
{
    /// <summary>Runs statements; gives exit code, what it printed, and its errors.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        int port, string user, string password, string sql, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "/usr/bin/mariadb",
            ["--no-defaults", "--protocol=tcp", "--host=127.0.0.1", $"--port={port}", $"--user={user}", "--batch", .. arguments, "--execute", sql])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MYSQL_PWD"] = password },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }
}

using System.Diagnostics;
using System.Text;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Mongo;

/// <summary>
/// Runs a script by mongosh. The script, and so the password in it, is in a file of mode 0600 in a folder of this call alone, never on a
/// command line or in the environment; that folder is also mongosh's home.
/// </summary>
internal sealed class MongoShell(string? program, string folder, TimeProvider time)
{
    public const string Name = "mongosh";

    private const int MaxLine = 64 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Its exit code. Lines of its output go to <paramref name="line"/>, as they come. <c>unavailable</c>: mongosh isn't there. Canceled, it is
    /// asked to end, killed after <see cref="TaskLimits.StopGrace"/>, and <see cref="OperationCanceledException"/> is thrown.
    /// </summary>
    public async Task<Outcome<int>> RunAsync(string script, Func<string, ValueTask> line, CancellationToken cancellation)
    {
        if (Find() is not { } file)
        {
            return new Problem(ProblemCodes.Unavailable,
                $"{Name} isn't installed on this machine, or isn't on the agent's PATH. "
                + "Install MongoDB's shell, or set databases.mongo.program in policy.json to where it is.");
        }
        var home = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        try
        {
            CreateHome(home);
            var path = Path.Combine(home, "script.js");
            await WriteAsync(path, script, cancellation);
            return await RunAsync(file, path, home, line, cancellation);
        }
        finally
        {
            if (Directory.Exists(home))
                Directory.Delete(home, recursive: true);
        }
    }

    private string? Find() => program is not null ? (File.Exists(program) ? program : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified).Select(place => Path.Combine(place, Name)).FirstOrDefault(File.Exists);

    private async Task<int> RunAsync(string file, string path, string home, Func<string, ValueTask> line, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(file, ["--quiet", "--norc", "--nodb", "--file", path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment["HOME"] = home;
        start.Environment["LANG"] = "C.UTF-8";
        using var process = Process.Start(start) ?? throw new IOException($"{file} doesn't start.");
        try
        {
            process.StandardInput.Close();
            var errors = DrainAsync(process.StandardError, cancellation);
            while (await LineAsync(process.StandardOutput, cancellation) is { } text)
                await line(text);
            await errors;
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
                await EndAsync(process);
        }
    }

    /// <summary>Its standard error may repeat the script, and so isn't passed on.</summary>
    private static async Task DrainAsync(StreamReader errors, CancellationToken cancellation)
    {
        var block = new char[4096];
        while (await errors.ReadAsync(block, cancellation) > 0)
        {
        }
    }

    /// <summary>A line, its rest beyond the limit left out; null: the output is over.</summary>
    private static async Task<string?> LineAsync(StreamReader output, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var one = new char[1];
        while (await output.ReadAsync(one, cancellation) > 0)
        {
            if (one[0] == '\n')
                return text.ToString();
            if (text.Length < MaxLine)
                text.Append(one[0]);
        }
        return text.Length > 0 ? text.ToString() : null;
    }

    private async Task EndAsync(Process process)
    {
        using var grace = new CancellationTokenSource(TaskLimits.StopGrace, time);
        try
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
                await kill.WaitForExitAsync(grace.Token);
            await process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static void CreateHome(string home)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(home);
        else
            Directory.CreateDirectory(home, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static async Task WriteAsync(string path, string script, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(Encoding.UTF8.GetBytes(script), cancellation);
    }
}

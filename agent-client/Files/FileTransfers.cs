using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Outrider.Agent.Executors;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Protocol.Files;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Files;

/// <inheritdoc cref="IFileTransfers"/>
/// <remarks>At most <see cref="LinkProtocol.MaxTransfers"/> at once; more wait. What came of files is kept in a folder of the agent's.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never made, so there is nothing to dispose.")]
public sealed class FileTransfers : IFileTransfers
{
    /// <summary>The folder, below the agent's own.</summary>
    public const string FolderName = "transfers";

    /// <summary>How long a part waits for somebody to want the rest.</summary>
    private static readonly TimeSpan s_keptFor = TimeSpan.FromDays(7);

    /// <summary>Tries that bring nothing, one after the other, until a transfer is given up.</summary>
    private const int MaxTries = 5;

    private readonly string _folder;
    private readonly AgentLog _log;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places = new(LinkProtocol.MaxTransfers);
    private readonly Lock _lock = new();
    private TaskCompletionSource<LinkedFiles> _link = NewLink();

    /// <summary>Makes the folder and removes old parts from it. Throws <see cref="IOException"/> when it can't be used.</summary>
    public FileTransfers(string dataDirectory, AgentLog log, TimeProvider time)
    {
        (_folder, _log, _time) = (Path.Combine(dataDirectory, FolderName), log, time);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var part in Directory.EnumerateFiles(_folder))
        {
            if (!part.EndsWith(PartialFile.Ending, StringComparison.Ordinal) || time.GetUtcNow() - File.GetLastWriteTimeUtc(part) > s_keptFor)
                File.Delete(part);
        }
    }

    public async Task<Problem?> FetchAsync(TaskFile file, string path, CancellationToken cancellation)
    {
        if (file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigitLower))
            return new Problem(ProblemCodes.FileInvalid, "The file has no SHA-256.");
        await _places.WaitAsync(cancellation);
        try
        {
            var opened = await Task.Run(() => PartialFile.Open(_folder, file), cancellation);
            if (!opened.Ok)
                return opened.Problem;
            using var partial = opened.Value;
            return await FetchAsync(file, partial, cancellation) ?? await Task.Run(() => partial.MoveTo(path), cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    public async Task<Outcome<string>> StoreAsync(string task, string name, FileStream content, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            var open = new FileOpen
            {
                Transfer = "", Name = LinkProtocol.Clip(name, LinkProtocol.MaxText), Size = content.Length, Sha256 = await HashAsync(content, cancellation), TaskId = task,
            };
            for (var tries = 1; ; tries++)
            {
                var end = await StoreAsync(open, content, cancellation);
                if (end.Ok || (end.Problem.Code != ProblemCodes.LinkLost && (end.Problem.RetryAfterSeconds is null || tries == MaxTries)))
                    return end;
                if (end.Problem.Code == ProblemCodes.LinkLost)
                {
                    tries = 0;
                    continue;
                }
                await PauseAsync(open.Name!, end.Problem, cancellation);
                if (await HashAsync(content, cancellation) != open.Sha256)
                    return OutgoingFile.Changed;
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Transfers go over this link from now on.</summary>
    internal void Attach(LinkedFiles link)
    {
        lock (_lock)
        {
            if (_link.Task.IsCompleted)
                _link = NewLink();
            _link.SetResult(link);
        }
    }

    /// <summary>The link is lost: transfers wait for the next one.</summary>
    internal void Detach(LinkedFiles link)
    {
        lock (_lock)
        {
            if (_link.Task.IsCompleted && _link.Task.Result == link)
                _link = NewLink();
        }
        link.Lose();
    }

    private static TaskCompletionSource<LinkedFiles> NewLink() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<string> HashAsync(FileStream content, CancellationToken cancellation)
    {
        content.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
    }

    /// <summary>Null: the part is whole, and what it should be.</summary>
    private async Task<Problem?> FetchAsync(TaskFile file, PartialFile partial, CancellationToken cancellation)
    {
        var (tries, wrong) = (0, 0);
        while (true)
        {
            var before = partial.Next;
            var problem = partial.IsWhole ? null : await ReceiveAsync(file, partial, cancellation);
            if (problem is null)
            {
                // What an earlier process left may be damaged: once more from the beginning.
                var other = partial.Verify();
                if (other is null || ++wrong == 2)
                    return other;
                continue;
            }
            if (problem.Code == ProblemCodes.LinkLost)
                continue;
            tries = partial.Next > before ? 1 : tries + 1;
            if (problem.RetryAfterSeconds is null || tries == MaxTries)
                return problem;
            await PauseAsync(file.Name, problem, cancellation);
        }
    }

    private async Task<Problem?> ReceiveAsync(TaskFile file, PartialFile partial, CancellationToken cancellation)
    {
        var link = await LinkAsync(cancellation);
        var id = link.NewId();
        var incoming = new IncomingFile(link, id, file, partial);
        if (!link.TryAdd(id, incoming))
            return LinkedFiles.Lost;
        try
        {
            return await incoming.RunAsync(cancellation);
        }
        finally
        {
            link.Remove(id);
        }
    }

    private async Task<Outcome<string>> StoreAsync(FileOpen open, FileStream content, CancellationToken cancellation)
    {
        var link = await LinkAsync(cancellation);
        var id = link.NewId();
        using var outgoing = new OutgoingFile(link, open with { Transfer = id }, content.SafeFileHandle);
        if (!link.TryAdd(id, outgoing))
            return LinkedFiles.Lost;
        try
        {
            return await outgoing.RunAsync(cancellation);
        }
        finally
        {
            link.Remove(id);
        }
    }

    private Task<LinkedFiles> LinkAsync(CancellationToken cancellation)
    {
        lock (_lock)
            return _link.Task.WaitAsync(cancellation);
    }

    private async Task PauseAsync(string name, Problem problem, CancellationToken cancellation)
    {
        _log.Warn($"The transfer of '{name}' is tried again: {problem.Message} ({problem.Code})");
        await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(problem.RetryAfterSeconds ?? 1, 1, 60)), _time, cancellation);
    }
}

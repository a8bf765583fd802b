using System.Security.Cryptography;
using System.Text.Json;
using Outrider.Agent.Executors.Processes;
using Outrider.Agent.Policy;
using Outrider.Agent.Policy.Paths;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Files;

/// <summary>Tasks of type <c>file</c>: a file of the centre to this machine, or one of this machine to the centre. Linux only.</summary>
internal sealed class FileExecutor(FilePolicy policy, FileRules rules, IFileTransfers transfers) : IExecutor
{
    public string Type => TaskTypes.File;

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation)
    {
        var read = Read(task);
        if (!read.Ok)
            return ValueTask.FromResult<Problem?>(read.Problem);
        if (read.Value.Operation == FileParams.Fetch)
        {
            var opened = OpenToRead(read.Value.Path!);
            opened.Value?.Dispose();
            return ValueTask.FromResult(opened.Problem);
        }
        var target = FileTarget.Open(read.Value.Path!, task.File!, read.Value.Extract is not null, rules);
        target.Value?.Dispose();
        return ValueTask.FromResult(target.Problem);
    }

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        var read = Read(task);
        if (!read.Ok)
            return Ends.Failed(task, read.Problem);
        try
        {
            var result = read.Value.Operation == FileParams.Fetch
                ? await FetchAsync(task, read.Value, cancellation)
                : await WriteAsync(task.File!, read.Value, cancellation);
            return result.Ok
                ? Ends.Success(task, JsonSerializer.SerializeToElement(result.Value, FileJson.Default.FileResult))
                : Ends.Failed(task, result.Problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Ends.Failed(task, new Problem(ProblemCodes.Unavailable, $"The agent can't read or write it: {e.Message}"));
        }
    }

    private Outcome<FileParams> Read(TaskCreate task)
    {
        var read = TaskParams.Read(task, FileJson.Default.FileParams);
        if (!read.Ok)
            return read;
        var given = read.Value;
        if (!OperatingSystem.IsLinux())
            return new Problem(ProblemCodes.Unavailable, "Files need Linux on the agent's machine.");
        if (given.Operation is not (null or FileParams.Write or FileParams.Fetch))
            return Invalid($"params.operation is '{given.Operation}'; it must be write or fetch.");
        if (FileRules.TextFault(given.Path) is { } fault)
            return fault;
        if (given.Operation == FileParams.Fetch)
            return read;
        if (task.File is null)
            return Invalid("The task names no file. Set file_id to a file of the centre.");
        if (task.File.Size > policy.MaxBytes)
            return new Problem(ProblemCodes.PayloadTooLarge, $"The file has {task.File.Size} bytes; this agent's policy allows {policy.MaxBytes} (file.max_bytes).");
        if (given.Extract is not (null or Archives.Zip or Archives.TarGz))
            return Invalid($"params.extract is '{given.Extract}'; it must be zip or tar.gz.");
        if (FileMode(given) is null)
            return Invalid($"params.mode is '{given.Mode}'; it must be octal, 0 to 0777, without setuid and the like.");
        if (given.Owner is not { } owner)
            return read;
        if (rules.OwnerFault(owner) is { } refused)
            return refused;
        return Owner(owner) is null ? Invalid($"This machine has no owner '{owner}': it must be user or user:group.") : read;
    }

    private Outcome<OpenPath> OpenToRead(string path)
    {
        // First by name, so that nothing is opened that may not be; then by what was opened, in case a link was changed in between.
        if (RealPath.Resolve(path, "/") is not { } real)
            return Invalid($"'{path}' can't be followed.");
        if (rules.ReadFault(real) is { } refused)
            return refused;
        var opened = OpenPath.File(real);
        try
        {
            if (opened is null)
                return new Problem(ProblemCodes.FileNotFound, $"There is no file '{real}' on this machine, or the agent may not read it.");
            var fault = opened.RealPath is { } actual ? rules.ReadFault(actual) : Invalid($"'{path}' can't be followed.");
            fault ??= opened.IsFolder ? Invalid($"'{real}' is a folder; only files can be fetched.") : null;
            if (fault is not null)
                return fault;
            var kept = opened;
            opened = null;
            return kept;
        }
        finally
        {
            opened?.Dispose();
        }
    }

    private async Task<Outcome<FileResult>> FetchAsync(TaskCreate task, FileParams given, CancellationToken cancellation)
    {
        var opened = OpenToRead(given.Path!);
        if (!opened.Ok)
            return opened.Problem;
        using var open = opened.Value;
        var real = open.RealPath!;
        await using var content = new FileStream(open.Handle, FileAccess.Read, bufferSize: 0);
        if (!content.CanSeek)
            return Invalid($"'{real}' is no ordinary file.");
        if (content.Length > policy.MaxBytes)
            return new Problem(ProblemCodes.PayloadTooLarge, $"'{real}' has {content.Length} bytes; this agent's policy allows {policy.MaxBytes} (file.max_bytes).");
        var bytes = content.Length;
        var checksum = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        content.Position = 0;
        var stored = await transfers.StoreAsync(task.TaskId, PathText.Name(real), content, cancellation);
        return stored.Ok ? new FileResult(real, bytes, checksum, stored.Value) : stored.Problem;
    }

    private async Task<Outcome<FileResult>> WriteAsync(TaskFile file, FileParams given, CancellationToken cancellation)
    {
        var opened = FileTarget.Open(given.Path!, file, given.Extract is not null, rules);
        if (!opened.Ok)
            return opened.Problem;
        using var target = opened.Value;
        var draft = target.Draft();
        try
        {
            if (await transfers.FetchAsync(file, draft, cancellation) is { } failed)
                return failed;
            return given.Extract is { } kind
                ? await UnpackAsync(file, draft, target, kind, given, cancellation)
                : Place(file, draft, target, given);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static Outcome<FileResult> Place(TaskFile file, string draft, FileTarget target, FileParams given)
    {
        if (Dress(draft, given) is { } undressed)
            return undressed;
        if (Directory.Exists(target.Path))
            return Invalid($"'{target.Real}' is a folder. End params.path in / to put the file into it.");
        if (given.Overwrite == false && File.Exists(target.Path))
            return new Problem(ProblemCodes.Conflict, $"'{target.Real}' is there already, and params.overwrite is false.");
        File.Move(draft, target.Path, overwrite: given.Overwrite != false);
        return new FileResult(target.Real, file.Size, file.Sha256);
    }

    private async Task<Outcome<FileResult>> UnpackAsync(
        TaskFile file, string archive, FileTarget target, string kind, FileParams given, CancellationToken cancellation)
    {
        var isThere = Directory.Exists(target.Path) || File.Exists(target.Path);
        if (isThere && given.Overwrite != true)
            return new Problem(ProblemCodes.Conflict, $"'{target.Real}' is there already. An archive becomes a new folder; with \"overwrite\": true it takes the old one's place.");
        var folder = target.Draft();
        try
        {
            Directory.CreateDirectory(folder);
            var limits = new ArchiveLimits(policy.MaxBytes, file.Size);
            var into = new ArchiveFolder(folder, limits);
            await using (var content = new FileStream(archive, System.IO.FileMode.Open, FileAccess.Read))
            {
                if (await Archives.UnpackAsync(content, kind, into, limits, cancellation) is { } failed)
                    return failed;
            }
            if (Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder)
                .Select(path => Dress(path, given)).FirstOrDefault(fault => fault is not null) is { } undressed)
                return undressed;
            Exchange(folder, target);
            return new FileResult(target.Real, into.Bytes, file.Sha256, Entries: into.Entries);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Puts a folder in the place of what is there; between two renames there is nothing.</summary>
    private static void Exchange(string folder, FileTarget target)
    {
        var old = target.Draft();
        if (Directory.Exists(target.Path))
            Directory.Move(target.Path, old);
        else
            File.Delete(target.Path);
        Directory.Move(folder, target.Path);
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }

    /// <summary>Gives a file its mode, and it or a folder its owner. Null: done.</summary>
    private static Problem? Dress(string path, FileParams given)
    {
        var isFolder = Directory.Exists(path);
        if (OperatingSystem.IsLinux() && !isFolder && (given.Mode is not null || given.Extract is null))
            File.SetUnixFileMode(path, FileMode(given)!.Value);
        return given.Owner is { } owner && Owner(owner) is { } ids && !OpenPath.TryOwn(path, ids.User, ids.Group)
            ? new Problem(ProblemCodes.Unavailable, $"The agent may not give files to '{owner}'; only root may.")
            : null;
    }

    /// <summary>The mode; null: it can't be one.</summary>
    private static UnixFileMode? FileMode(FileParams given)
    {
        var text = given.Mode ?? "0644";
        return text.Length is > 0 and <= 4 && text.All(digit => digit is >= '0' and <= '7') && Convert.ToInt32(text, 8) is <= 511 and var mode ? (UnixFileMode)mode : null;
    }

    private static (uint User, uint Group)? Owner(string owner)
    {
        var colon = owner.IndexOf(':', StringComparison.Ordinal);
        var user = LocalUsers.IdsOf(colon < 0 ? owner : owner[..colon]);
        if (colon < 0 || user is null)
            return user;
        return LocalUsers.GroupOf(owner[(colon + 1)..]) is { } group ? (user.Value.User, group) : null;
    }

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}

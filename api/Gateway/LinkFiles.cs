using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Outrider.Api.Operations.Files;
using Outrider.Grains.Files;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Files;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Gateway;

/// <summary>
/// The files that cross one link, at most <see cref="LinkProtocol.MaxTransfers"/> at once. What the agent sends is taken in by the link's one
/// receiving loop; the rest goes on beside it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "EndAsync disposes.")]
internal sealed class LinkFiles
{
    /// <summary>Transfers that ended are known for a while: blocks of them may be under way.</summary>
    private const int Remembered = 64;

    private readonly GatewayContext _gateway;
    private readonly GatewayFiles _files;
    private readonly FrameSender _sender;
    private readonly string _key;
    private readonly string _tenant;
    private readonly string _agent;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FileTransfer> _transfers = new(StringComparer.Ordinal);
    private readonly Queue<string> _past = [];
    private readonly HashSet<Task> _running = [];

    public LinkFiles(GatewayContext gateway, GatewayFiles files, OpenLink link, FrameSender sender)
    {
        (_gateway, _files, _sender, _key) = (gateway, files, sender, link.Key);
        var parts = GrainKeys.Split(link.Key);
        (_tenant, _agent) = (parts[0], parts[1]);
    }

    /// <summary>Begins a transfer that the agent asks for. A problem is a violation.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "It is disposed of at its end.")]
    public Problem? Receive(FileOpen open)
    {
        var transfer = new FileTransfer(_ended.Token);
        lock (_lock)
        {
            if (_transfers.Count >= LinkProtocol.MaxTransfers)
                return OutOfOrder($"More than {LinkProtocol.MaxTransfers} file transfers at once.");
            if (_past.Contains(open.Transfer) || !_transfers.TryAdd(open.Transfer, transfer))
                return OutOfOrder($"File transfer '{open.Transfer}' is or was there.");
            var running = Task.Run(() => RunAsync(transfer, open), CancellationToken.None);
            _running.RemoveWhere(task => task.IsCompleted);
            _running.Add(running);
        }
        return null;
    }

    /// <summary>Takes in how far the agent is with a transfer, or that it is over. A problem is a violation.</summary>
    public Problem? Receive(FileState state)
    {
        if (Find(state.Transfer, out var wrong) is not { } transfer)
            return wrong;
        if (state.Problem is not null)
            transfer.Cancel();
        else if (transfer.Sending?.Take(state.Next) != true)
            return OutOfOrder($"Block {state.Next} of file transfer '{state.Transfer}' can't be due.");
        // At once: the agent may begin another one now.
        if (transfer.IsOver || transfer.Sending!.IsWhole)
            Forget(state.Transfer);
        return null;
    }

    /// <summary>Takes a binary frame of kind 4 in; the bytes are written when it returns. A problem is a violation.</summary>
    public async ValueTask<Problem?> ReceiveAsync(ReadOnlyMemory<byte> frame)
    {
        var read = BlockCodec.Read(frame.Span, BlockKind.FileBlock);
        if (!read.Ok)
            return read.Problem;
        var block = read.Value;
        if (Find(block.Id, out var wrong) is not { } transfer)
            return wrong;
        if (transfer.IsOver)
            return null;
        if (transfer.Receiving is not { } receiving)
            return OutOfOrder($"A block came for file transfer '{block.Id}', which does not take any.");
        var body = frame[block.HeaderLength..];
        if (receiving.Check(block.Number, body.Length) is { } violation)
            return violation;
        if (await receiving.WriteAsync(body, CancellationToken.None) is { } failed)
            transfer.Received.TrySetResult(failed);
        else if (receiving.IsWhole)
            transfer.Received.TrySetResult(null);
        else if (receiving.Next % FileBlocks.StateEvery == 0)
            _ = _sender.SendAsync(new FileState(block.Id, receiving.Next), null, CancellationToken.None);
        return null;
    }

    /// <summary>The link is over, and nothing is received any more. What came of files is kept for the agent's next link.</summary>
    public async Task EndAsync()
    {
        await _ended.CancelAsync();
        List<Task> running;
        lock (_lock)
            running = [.. _running];
        await Task.WhenAll(running);
        _ended.Dispose();
    }

    /// <summary>Serves a transfer to its end. Never fails.</summary>
    private async Task RunAsync(FileTransfer transfer, FileOpen open)
    {
        FileState? end;
        try
        {
            end = open.FileId is null ? await ReceiveAsync(transfer, open) : await SendAsync(transfer, open);
        }
        catch (OperationCanceledException)
        {
            end = null;
        }
        catch (Exception e)
        {
            _gateway.Log.FileFailed(_key, e);
            end = new FileState(open.Transfer, 0, Problem: new Problem(ProblemCodes.Unavailable, "The centre failed on this file.") { RetryAfterSeconds = 5 });
        }
        // Before the agent hears of it, which may begin another one then.
        Forget(open.Transfer);
        transfer.Dispose();
        if (end is not null)
            await _sender.SendAsync(end, null, CancellationToken.None);
    }

    /// <summary>Sends a file to the agent. Null: it has it all.</summary>
    private async Task<FileState?> SendAsync(FileTransfer transfer, FileOpen open)
    {
        var found = await OpenAsync(open, transfer.Canceled);
        if (!found.Ok)
            return new FileState(open.Transfer, 0, Problem: found.Problem);
        var (file, content) = (found.Value.File, found.Value.Content);
        if (open.FromBlock > FileBlocks.Count(file.Size))
        {
            await content.DisposeAsync();
            return new FileState(open.Transfer, 0, Problem: new Problem(ProblemCodes.InvalidArgument, $"The file has {FileBlocks.Count(file.Size)} blocks."));
        }
        var sending = new FileSending(open.Transfer, content, file.Size, open.FromBlock);
        transfer.Sending = sending;
        if (await _sender.SendAsync(new FileState(open.Transfer, open.FromBlock), null, transfer.Canceled) is not null)
        {
            await content.DisposeAsync();
            return null;
        }
        var problem = await sending.RunAsync(_sender, transfer.Canceled);
        return problem is null or { Code: ProblemCodes.LinkLost or ProblemCodes.Canceled } ? null : new FileState(open.Transfer, 0, Problem: problem);
    }

    private async Task<Outcome<FileContent>> OpenAsync(FileOpen open, CancellationToken cancellation)
    {
        var grant = _files.Grants.Verify(open.FileId!, open.Grant ?? "");
        if (!grant.Ok)
            return grant.Problem;
        if (grant.Value.Tenant != _tenant || grant.Value.Agent != _agent)
            return new Problem(ProblemCodes.Forbidden, "This grant is another agent's.");
        return await _files.Keeper.OpenAsync(_tenant, open.FileId!, cancellation);
    }

    /// <summary>Takes a file from the agent. What to tell it in the end.</summary>
    private async Task<FileState?> ReceiveAsync(FileTransfer transfer, FileOpen open)
    {
        if (await RefuseAsync(open, transfer.Canceled) is { } refused)
            return new FileState(open.Transfer, 0, Problem: refused);
        if (await _files.Keeper.Index.FindAsync(_tenant, open.Sha256!, FileKind.Artefact, transfer.Canceled) is { } known)
            return new FileState(open.Transfer, FileBlocks.Count(open.Size), known.Id);
        var begun = await _files.Keeper.Store.BeginAsync(_tenant, UploadName(open), open.Size, transfer.Canceled);
        if (!begun.Ok)
            return new FileState(open.Transfer, 0, Problem: begun.Problem);
        await using var receiving = new FileReceiving(open, begun.Value);
        try
        {
            await receiving.ResumeAsync(transfer.Canceled);
            if (!receiving.IsWhole)
            {
                transfer.Receiving = receiving;
                await _sender.SendAsync(new FileState(open.Transfer, receiving.Next), null, transfer.Canceled);
                if (await transfer.Received.Task.WaitAsync(transfer.Canceled) is { } failed)
                    return Fail(receiving, failed);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            receiving.Suspend();
            throw;
        }
        return receiving.Verify() is { } other ? new FileState(open.Transfer, 0, Problem: other) : await KeepAsync(receiving);
    }

    private async Task<FileState> KeepAsync(FileReceiving receiving)
    {
        var (open, now) = (receiving.Open, _gateway.Time.GetUtcNow());
        var kept = await receiving.KeepAsync(_files.Keeper, _tenant, new StoredFile
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Name = FileNames.Clean(open.Name),
            Size = open.Size,
            ContentType = FileTypes.Unknown,
            Sha256 = open.Sha256!,
            Kind = FileKind.Artefact,
            CreatedAt = now,
            CreatedBy = $"agent:{_agent}",
        });
        if (!kept.Ok)
            return new FileState(open.Transfer, 0, Problem: kept.Problem);
        await _files.RecordAsync(_tenant, kept.Value, open.TaskId!);
        return new FileState(open.Transfer, receiving.Next, kept.Value.Id);
    }

    private async ValueTask<Problem?> RefuseAsync(FileOpen open, CancellationToken cancellation)
    {
        if (open.Sha256 is null || !FileKeeper.IsSha256(open.Sha256))
            return new Problem(ProblemCodes.InvalidArgument, "'sha256' is not 64 lower-case hexadecimal digits.");
        if (open.Size > FileLimits.ArtefactBytes)
            return new Problem(ProblemCodes.PayloadTooLarge, $"A file may have {FileLimits.ArtefactBytes} bytes (5 GiB); this one has {open.Size}.");
        return _files.Intake is { } intake && open.TaskId is { } task
            ? await intake.AdmitAsync(_tenant, _agent, task, cancellation)
            : new Problem(ProblemCodes.TaskNotFound, "There is no task that this file is a result of.");
    }

    /// <summary>What a damaged block left behind is good; what a disk refused is of no use.</summary>
    private static FileState Fail(FileReceiving receiving, Problem failed)
    {
        if (failed.Code == ProblemCodes.FileInvalid)
            receiving.Suspend();
        return new FileState(receiving.Open.Transfer, receiving.Next, Problem: failed);
    }

    /// <summary>Null: there is none; then a problem is a violation, and none means that it ended a short while ago.</summary>
    private FileTransfer? Find(string id, out Problem? wrong)
    {
        lock (_lock)
        {
            var transfer = _transfers.GetValueOrDefault(id);
            wrong = transfer is not null || _past.Contains(id) ? null : OutOfOrder($"There is no file transfer '{id}'.");
            return transfer;
        }
    }

    private void Forget(string id)
    {
        lock (_lock)
        {
            if (!_transfers.Remove(id))
                return;
            _past.Enqueue(id);
            if (_past.Count > Remembered)
                _past.Dequeue();
        }
    }

    /// <summary>The same file of the same agent finds what came of it.</summary>
    private string UploadName(FileOpen open) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_agent}\n{open.Sha256}\n{open.Size}")))[..32];

    private static Problem OutOfOrder(string message) => new(ProblemCodes.FrameOutOfOrder, message);
}

using System.Globalization;
using Outrider.Agent.Files;
using Outrider.Protocol.Files;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Link;

/// <summary>The transfers of files over one link.</summary>
internal sealed class LinkedFiles(FrameSender sender)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IFileTransfer> _transfers = new(StringComparer.Ordinal);
    private uint _last;
    private bool _lost;

    /// <summary>The end of a transfer whose link broke.</summary>
    public static Problem Lost { get; } = new(ProblemCodes.LinkLost, "The link to the centre broke.");

    /// <summary>An id that no transfer of this link had.</summary>
    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"f{Interlocked.Increment(ref _last)}");

    /// <summary>Makes a transfer known. False: the link is over.</summary>
    public bool TryAdd(string id, IFileTransfer transfer)
    {
        lock (_lock)
            return !_lost && _transfers.TryAdd(id, transfer);
    }

    public void Remove(string id)
    {
        lock (_lock)
            _transfers.Remove(id);
    }

    /// <summary>Sends a message. False: the link is lost.</summary>
    public Task<bool> SendAsync(ILinkMessage message) => sender.SendAsync(message, null);

    /// <summary>Sends a block. False: the link is lost.</summary>
    public Task<bool> SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation) => sender.SendAsync(frame, cancellation);

    /// <summary>Takes a message in. A problem is a violation.</summary>
    public Problem? Receive(FileState state) => Find(state.Transfer, out var wrong)?.Receive(state) ?? wrong;

    /// <summary>Takes a binary frame in. A problem is a violation.</summary>
    public Problem? Receive(ReadOnlyMemory<byte> frame)
    {
        var read = BlockCodec.Read(frame.Span, BlockKind.FileBlock);
        if (!read.Ok)
            return read.Problem;
        if (read.Value.Kind != BlockKind.FileBlock)
            return new Problem(ProblemCodes.FrameOutOfOrder, "Only an agent sends payload.");
        return Find(read.Value.Id, out var wrong)?.Receive(read.Value.Number, frame[read.Value.HeaderLength..]) ?? wrong;
    }

    /// <summary>The link is over.</summary>
    public void Lose()
    {
        List<IFileTransfer> lost;
        lock (_lock)
        {
            _lost = true;
            lost = [.. _transfers.Values];
        }
        lost.ForEach(transfer => transfer.Lose());
    }

    /// <summary>Null: there is none; then a problem is a violation, and none means that it ended before.</summary>
    private IFileTransfer? Find(string id, out Problem? wrong)
    {
        lock (_lock)
        {
            var transfer = _transfers.GetValueOrDefault(id);
            wrong = transfer is not null || IsPast(id) ? null : new Problem(ProblemCodes.FrameOutOfOrder, $"There is no file transfer '{id}'.");
            return transfer;
        }
    }

    private bool IsPast(string id) =>
        id.StartsWith('f') && uint.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Volatile.Read(ref _last);
}

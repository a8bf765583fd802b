using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>A task that an agent is running, with the payload it has sent so far.</summary>
public sealed class PendingTask(TaskCreate task)
{
    private readonly List<byte[]> _blocks = [];

    public TaskCreate Task { get; } = task;

    /// <summary>Bytes of payload held.</summary>
    public long Bytes { get; private set; }

    /// <summary>The number the next block must have.</summary>
    public uint NextBlock { get; private set; }

    /// <summary>Nobody waits for it any more, but the agent has not reported its end yet: what it sends is dropped.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>The end, for whoever waits.</summary>
    public TaskCompletionSource<TaskResult> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes the next block in, or only counts it when the task is abandoned.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        NextBlock++;
        if (Abandoned || bytes.IsEmpty)
            return;
        _blocks.Add(bytes.ToArray());
        Bytes += bytes.Length;
    }

    /// <summary>Drops the payload.</summary>
    public void Abandon()
    {
        Abandoned = true;
        _blocks.Clear();
        Bytes = 0;
    }

    /// <summary>The whole payload.</summary>
    public byte[] Payload()
    {
        if (_blocks.Count == 1)
            return _blocks[0];
        var whole = new byte[Bytes];
        var at = 0;
        foreach (var block in _blocks)
        {
            block.CopyTo(whole, at);
            at += block.Length;
        }
        return whole;
    }
}

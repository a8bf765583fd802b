using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Gateway;

/// <summary>One transfer of a file over a link.</summary>
internal sealed class FileTransfer : IDisposable
{
    private readonly CancellationTokenSource _canceled;

    /// <param name="ended">Fires when the link is over.</param>
    public FileTransfer(CancellationToken ended)
    {
        _canceled = CancellationTokenSource.CreateLinkedTokenSource(ended);
        Canceled = _canceled.Token;
    }

    /// <summary>Fires when the agent gave it up, or the link is over.</summary>
    public CancellationToken Canceled { get; }

    /// <summary>Blocks that still come are of no use.</summary>
    public bool IsOver => Canceled.IsCancellationRequested || Received.Task is { IsCompletedSuccessfully: true, Result: not null };

    /// <summary>A file to the agent, once it is open.</summary>
    public FileSending? Sending { get; set; }

    /// <summary>A file from the agent, once it may send blocks.</summary>
    public FileReceiving? Receiving { get; set; }

    /// <summary>All blocks came, or what keeps them from coming.</summary>
    public TaskCompletionSource<Problem?> Received { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Cancel()
    {
        try
        {
            _canceled.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    public void Dispose() => _canceled.Dispose();
}

namespace Outrider.Silo.Embedded.Calls;

/// <summary>The rest of a turn after an await.</summary>
internal sealed class PostedWork(SendOrPostCallback callback, object? state) : WorkItem
{
    public void Run() => callback(state);
}

namespace Outrider.Silo.Embedded.Calls;

/// <summary>Something for an activation to run; a node of its mailbox's lists.</summary>
internal abstract class WorkItem
{
    internal WorkItem? Next { get; set; }
}

namespace Outrider.Grains.Tasks;

/// <summary>How far an approval is.</summary>
public enum ApprovalState
{
    /// <summary>Nobody has decided.</summary>
    Waiting,

    /// <summary>It may run.</summary>
    Approved,

    /// <summary>It won't run.</summary>
    Rejected,

    /// <summary>Nobody decided in time: it won't run.</summary>
    Expired,
}

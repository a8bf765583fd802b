namespace Outrider.Silo.Hosting.TenantsFile;

/// <summary>What the last look at the tenants file found.</summary>
public enum TenantsFileStatus
{
    /// <summary>There is no such file, and there never was.</summary>
    Absent,

    /// <summary>It is imported as it stands.</summary>
    Imported,

    /// <summary>It can't be used; what it said before holds.</summary>
    Bad,

    /// <summary>It was there and is gone; what it said before holds.</summary>
    Gone,
}

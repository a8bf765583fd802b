namespace Outrider.Grains.Tenancy;

/// <summary>What a credential may do. Each role of a tenant may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Read.</summary>
    Viewer,

    /// <summary>Also run SQL, diagnoses and tasks.</summary>
    Operator,

    /// <summary>Also manage the tenant's keys, tokens and agents.</summary>
    Admin,

    /// <summary>Manages tenants; sees nothing of what belongs to one.</summary>
    Platform,
}

namespace Outrider.Grains.Tenancy;

/// <summary>Who calls, as their credential proved it.</summary>
/// <param name="Tenant">The tenant; empty for the platform role.</param>
/// <param name="CredentialId">Names the credential in audit and limits; no secret. Of a user's session it names the user: <see cref="OfUser"/>.</param>
/// <param name="Role">What they may do.</param>
public sealed record Caller(string Tenant, string CredentialId, Role Role)
{
    private const string UserPrefix = "user:";

    /// <summary>The user whose session it is; null: an API key, or the platform key.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? User => CredentialId.StartsWith(UserPrefix, StringComparison.Ordinal) ? CredentialId[UserPrefix.Length..] : null;

    /// <summary>The <see cref="CredentialId"/> of a user's sessions.</summary>
    public static string OfUser(string name) => UserPrefix + name;
}

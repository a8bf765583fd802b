namespace Outrider.Protocol.Credentials;

/// <summary>What a credential is for; its text begins with a prefix of its own.</summary>
public enum CredentialKind
{
    /// <summary><c>ork.tenant.id.secret</c>: a person or program calls REST or MCP.</summary>
    ApiKey,

    /// <summary><c>ort.tenant.id.secret</c>: lets new agents in.</summary>
    EnrolmentToken,

    /// <summary><c>ora.tenant.secret</c>: one agent, made by that agent itself.</summary>
    Agent,

    /// <summary><c>orp.secret</c>: manages tenants; belongs to none.</summary>
    Platform,

    /// <summary><c>oru.tenant.user.id.secret</c>: a user who has signed in; the tenant of platform users is <c>~</c>.</summary>
    Session,

    /// <summary><c>oli.tenant.user.secret</c>: lets a user choose a password, once; the user is <c>~</c> where one is yet to be made.</summary>
    Invitation,
}

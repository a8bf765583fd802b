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
}

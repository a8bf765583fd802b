using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Tenancy;

/// <summary>What the fields of a tenant may hold. Each answer is null, or what is wrong and what to write instead.</summary>
public static class TenantRules
{
    public const int MaxName = 200;
    public const int MaxDescription = 2000;
    public const int MaxUrl = 2000;

    public static Problem? Check(string id, TenantProfile profile) =>
        CheckId(id) ?? CheckName(profile.Name) ?? CheckDescription(profile.Description) ?? CheckQuotas(profile.Quotas)
        ?? CheckAgentUrl(profile.AgentUrl);

    public static Problem? Check(TenantUpdate update) =>
        (update.Name is null ? null : CheckName(update.Name))
        ?? (update.Description is null ? null : CheckDescription(update.Description))
        ?? (update.Quotas is null ? null : CheckQuotas(update.Quotas))
        ?? CheckAgentUrl(update.AgentUrl);

    public static Problem? CheckId(string id) =>
        Names.IsTenant(id) ? null : Invalid($"'{Short(id)}' can't be a tenant's id: it has {Names.Rule}.");

    private static Problem? CheckName(string name) =>
        name.Trim().Length is >= 1 and <= MaxName && !name.Any(char.IsControl)
            ? null
            : Invalid($"The name must have 1 to {MaxName} characters, none of them a control character.");

    private static Problem? CheckDescription(string description) =>
        description.Length <= MaxDescription ? null : Invalid($"The description may have {MaxDescription} characters; it has {description.Length}.");

    private static Problem? CheckQuotas(TenantQuotas quotas) =>
        quotas is { QueriesPerMonth: < 0 } or { Agents: < 0 } ? Invalid("A quota is 0 or more, or null for none.") : null;

    // "" is how an update takes the URL away. User and password in it would be a secret in the open.
    private static Problem? CheckAgentUrl(string? url) =>
        string.IsNullOrEmpty(url)
        || (url.Length <= MaxUrl && Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.UserInfo.Length == 0)
            ? null
            : Invalid("agent_url must be an http or https URL without user and password.");

    /// <summary><c>invalid_argument</c>.</summary>
    public static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);

    /// <summary>What a caller wrote, cut to a length that a message bears.</summary>
    public static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";
}

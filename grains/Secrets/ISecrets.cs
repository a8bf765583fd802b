using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Secrets;

/// <summary>A tenant's secrets, such as tokens of channels. Key: the tenant's id. They are written and used, and shown to nobody.</summary>
public interface ISecrets : IGrain
{
    /// <summary>Saves a secret, new or again. <c>invalid_argument</c>, <c>quota_exceeded</c>.</summary>
    [Idempotent]
    Task<Outcome<SecretView>> SetAsync(string name, string value);

    /// <summary><c>secret_not_found</c>.</summary>
    [Idempotent]
    Task<Outcome<Done>> DeleteAsync(string name);

    /// <summary>Their names, in order.</summary>
    [Idempotent]
    Task<List<SecretView>> ListAsync();

    /// <summary>The values of those that are there, by name. Not for front doors.</summary>
    [Idempotent]
    Task<Dictionary<string, string>> ReadAsync(List<string> names);
}

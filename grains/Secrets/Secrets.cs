using System.Text;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Secrets;

/// <inheritdoc cref="ISecrets"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class Secrets(GrainContext context, IGrainState<SecretsState> state, ISecretSealer sealer) : Grain(context), ISecrets
{
    /// <summary>The most secrets of a tenant.</summary>
    public const int MaxCount = 200;

    /// <summary>The most bytes of a value, in UTF-8.</summary>
    public const int MaxBytes = 8 * 1024;

    public async Task<Outcome<SecretView>> SetAsync(string name, string value)
    {
        if (!SecretReferences.IsName(name))
            return new Problem(ProblemCodes.InvalidArgument, $"A secret's name has {SecretReferences.NameRule}.");
        if (value.Length == 0 || Encoding.UTF8.GetByteCount(value) > MaxBytes)
            return new Problem(ProblemCodes.InvalidArgument, $"A secret's value has 1 to {MaxBytes} bytes.");
        if (!state.Value.Secrets.ContainsKey(name) && state.Value.Secrets.Count >= MaxCount)
            return new Problem(ProblemCodes.QuotaExceeded, $"A tenant may have {MaxCount} secrets. Delete one that is no longer used.");
        var at = Context.Time.GetUtcNow();
        await SaveAsync(secrets => secrets[name] = new SealedSecret(sealer.Seal(Key, name, value), at));
        return new SecretView(name, at);
    }

    public async Task<Outcome<Done>> DeleteAsync(string name)
    {
        if (!state.Value.Secrets.ContainsKey(name))
            return new Problem(ProblemCodes.SecretNotFound, "There is no secret of this name.");
        await SaveAsync(secrets => secrets.Remove(name));
        return Done.Value;
    }

    public Task<List<SecretView>> ListAsync() => Task.FromResult(state.Value.Secrets
        .OrderBy(secret => secret.Key, StringComparer.Ordinal)
        .Select(secret => new SecretView(secret.Key, secret.Value.ChangedAt))
        .ToList());

    public Task<Dictionary<string, string>> ReadAsync(List<string> names)
    {
        var values = new Dictionary<string, string>();
        foreach (var name in names)
        {
            if (state.Value.Secrets.GetValueOrDefault(name) is { } secret && sealer.Open(Key, name, secret.Value) is { } value)
                values[name] = value;
        }
        return Task.FromResult(values);
    }

    private Task SaveAsync(Action<Dictionary<string, SealedSecret>> change)
    {
        var secrets = new Dictionary<string, SealedSecret>(state.Value.Secrets);
        change(secrets);
        state.Value = new SecretsState { Secrets = secrets };
        return state.SaveAsync();
    }
}

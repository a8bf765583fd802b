using System.Security.Cryptography;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Tenancy;

/// <summary>One tenant: asks the pure rules, saves, answers.</summary>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class Tenant(GrainContext context, IGrainState<TenantState> state) : Grain(context), ITenant
{
    private QueryCount _queries = new("", 0, 0);

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    public override Task OnActivateAsync(CancellationToken cancellation)
    {
        _queries = new QueryCount(state.Value.Month, state.Value.ReservedQueries, state.Value.ReservedQueries);
        return Task.CompletedTask;
    }

    /// <summary>Gives back what was reserved but not used, so that only a crash counts too much.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        if (reason is DeactivationReason.StateConflict || !state.Exists || _queries.Used == _queries.Reserved)
            return;
        _queries = _queries with { Reserved = _queries.Used };
        await SaveAsync(state.Value);
    }

    public async Task<Outcome<TenantView>> GetAsync() => state.Exists ? await ViewAsync() : NotFound();

    public async Task<Outcome<TenantView>> CreateAsync(TenantProfile profile)
    {
        if (TenantRules.Check(Key, profile) is { } problem)
            return problem;
        if (state.Exists)
            return new Problem(ProblemCodes.Conflict, $"There is already a tenant '{Key}'. PATCH changes it; or choose another id.");
        // Listed first: an id without a tenant is passed over by who lists them, a tenant that isn't listed would be lost.
        await Context.Grains.Get<ITenantDirectory>(ITenantDirectory.TheOne).AddAsync(Key);
        await SaveAsync(new TenantState
        {
            CreatedAt = Now,
            Name = profile.Name.Trim(),
            Description = profile.Description,
            Enabled = profile.Enabled,
            Quotas = profile.Quotas,
            AgentUrl = profile.AgentUrl is "" ? null : profile.AgentUrl,
        });
        return await ViewAsync();
    }

    public async Task<Outcome<TenantView>> UpdateAsync(TenantUpdate update)
    {
        if (!state.Exists)
            return NotFound();
        if (TenantRules.Check(update) is { } problem)
            return problem;
        var old = state.Value;
        await SaveAsync(old with
        {
            Name = update.Name?.Trim() ?? old.Name,
            Description = update.Description ?? old.Description,
            Enabled = update.Enabled ?? old.Enabled,
            Quotas = update.Quotas ?? old.Quotas,
            AgentUrl = update.AgentUrl is "" ? null : update.AgentUrl ?? old.AgentUrl,
        });
        return await ViewAsync();
    }

    public Task<Outcome<IssuedCredential>> IssueKeyAsync(ApiKeyRequest request) => IssueAsync(
        CredentialKind.ApiKey, request.ExpiresAt, (id, hash) => TenantKeys.Issue(state.Value, request, id, hash, Now));

    public Task<Outcome<Done>> RevokeKeyAsync(string keyId) => ChangeAsync(() => TenantKeys.Revoke(state.Value, keyId, Now));

    public Task<Outcome<IssuedCredential>> IssueEnrolmentTokenAsync(EnrolmentTokenRequest request) => IssueAsync(
        CredentialKind.EnrolmentToken, request.ExpiresAt, (id, hash) => EnrolmentTokens.Issue(state.Value, request, id, hash, Now));

    public Task<Outcome<Done>> RevokeEnrolmentTokenAsync(string tokenId) =>
        ChangeAsync(() => EnrolmentTokens.Revoke(state.Value, tokenId, Now));

    public Task<Outcome<Caller>> AuthenticateAsync(string keyId, string secretHash)
    {
        // A tenant that doesn't exist has no keys, and so answers as one that does to a key it doesn't know.
        var key = TenantKeys.Authenticate(state.Value, keyId, secretHash, Now);
        return Task.FromResult<Outcome<Caller>>(key.Ok ? new Caller(Key, key.Value.Id, key.Value.Role) : key.Problem);
    }

    public async Task<Outcome<Done>> AdmitAgentAsync(string tokenId, string secretHash, string agent)
    {
        var token = EnrolmentTokens.Find(state.Value, tokenId, secretHash, agent, Now);
        if (!token.Ok)
            return token.Problem;
        if (!state.Value.Enabled)
            return TenantKeys.Disabled;
        var entered = await Context.Grains.Get<IAgentDirectory>(Key).AddAsync(agent, state.Value.Quotas.Agents);
        if (!entered.Ok)
            return entered;
        if (EnrolmentTokens.Use(state.Value, token.Value, agent) is var used && used != state.Value)
            await SaveAsync(used);
        return Done.Value;
    }

    public async Task ForgetAgentAsync(string agent)
    {
        if (EnrolmentTokens.Forget(state.Value, agent) is var forgotten && forgotten != state.Value)
            await SaveAsync(forgotten);
    }

    public Task<Outcome<Done>> CheckAsync() => Task.FromResult<Outcome<Done>>(Barred() is { } problem ? problem : Done.Value);

    public Task<Outcome<AgentSettings>> GetAgentSettingsAsync() => Task.FromResult<Outcome<AgentSettings>>(
        Barred() is { } problem ? problem : state.Value.Agents);

    public async Task<Outcome<AgentSettings>> SetAgentSettingsAsync(AgentSettings settings)
    {
        if ((Barred() ?? settings.Fault()) is { } problem)
            return problem;
        await SaveAsync(state.Value with { Agents = settings with { Revision = state.Value.Agents.Revision + 1 } });
        return state.Value.Agents;
    }

    public async Task<Outcome<Done>> CountQueriesAsync(int queries)
    {
        if (Barred() is { } problem)
            return problem;
        if (queries < 1)
            return TenantRules.Invalid("At least one query is counted.");
        var counted = _queries.Add(queries, state.Value.Quotas.QueriesPerMonth, Now);
        if (!counted.Ok)
            return counted.Problem;
        var before = _queries;
        _queries = counted.Value;
        if (_queries.Month != state.Value.Month || _queries.Reserved != state.Value.ReservedQueries)
        {
            try
            {
                await SaveAsync(state.Value);
            }
            catch
            {
                _queries = before;
                throw;
            }
        }
        return Done.Value;
    }

    private async Task<Outcome<IssuedCredential>> IssueAsync(
        CredentialKind kind, DateTimeOffset? expiresAt, Func<string, string, Outcome<TenantState>> issue)
    {
        if (!state.Exists)
            return NotFound();
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var credential = Credential.Create(kind, Key, id, RandomNumberGenerator.GetBytes(32));
        var issued = issue(id, credential.Hash);
        if (!issued.Ok)
            return issued.Problem;
        await SaveAsync(issued.Value);
        return new IssuedCredential(id, credential.Text, expiresAt);
    }

    private async Task<Outcome<Done>> ChangeAsync(Func<Outcome<TenantState>> change)
    {
        if (!state.Exists)
            return NotFound();
        var changed = change();
        if (!changed.Ok)
            return changed.Problem;
        await SaveAsync(changed.Value);
        return Done.Value;
    }

    private async Task SaveAsync(TenantState next)
    {
        var before = state.Value;
        state.Value = TenantKeys.Prune(next, Now) with { Month = _queries.Month, ReservedQueries = _queries.Reserved };
        try
        {
            await state.SaveAsync();
        }
        catch
        {
            state.Value = before;
            throw;
        }
    }

    private async Task<TenantView> ViewAsync()
    {
        var agents = await Context.Grains.Get<IAgentDirectory>(Key).CountAsync();
        var queries = _queries.At(Now);
        var kept = TenantKeys.Prune(state.Value, Now);
        return new TenantView
        {
            Id = Key,
            Name = kept.Name,
            Description = kept.Description,
            Enabled = kept.Enabled,
            CreatedAt = kept.CreatedAt,
            Quotas = kept.Quotas,
            Usage = new TenantUsage(queries.Month, queries.Used, agents),
            AgentUrl = kept.AgentUrl,
            Keys = [.. kept.Keys.Select(key => key.ToView())],
            EnrolmentTokens = [.. kept.Tokens.Select(token => token.ToView())],
        };
    }

    /// <summary>Why nobody may work in its name; null: they may.</summary>
    private Problem? Barred() => !state.Exists ? NotFound() : state.Value.Enabled ? null : TenantKeys.Disabled;

    private Problem NotFound() => new(ProblemCodes.TenantNotFound, $"There is no tenant '{Key}'.");
}

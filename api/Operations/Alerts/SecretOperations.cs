using Outrider.Api.Auth;
using Outrider.Grains.Runtime;
using Outrider.Grains.Secrets;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>What callers may do with secrets: write them and see that they are there, never what they are.</summary>
public sealed class SecretOperations(IGrains grains, Auditor audit)
{
    public async Task<Outcome<SecretList>> ListAsync(Caller caller)
    {
        if (Permissions.Require(caller, Permission.SecretsManage) is { } problem)
            return problem;
        return new SecretList(await Secrets(caller).ListAsync());
    }

    public async Task<Outcome<SecretView>> SetAsync(Caller caller, string name, string value, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.SecretsManage) is { } problem)
            return problem;
        var set = await Secrets(caller).SetAsync(name, value);
        await audit.RecordAsync(caller, "secret.set", TenantRules.Short(name), set.Problem, detail: null, cancellation);
        return set;
    }

    /// <summary>Deletes a secret. Channels that refer to it fail until they don't.</summary>
    public async Task<Outcome<Done>> DeleteAsync(Caller caller, string name, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.SecretsManage) is { } problem)
            return problem;
        var deleted = await Secrets(caller).DeleteAsync(name);
        await audit.RecordAsync(caller, "secret.delete", TenantRules.Short(name), deleted.Problem, detail: null, cancellation);
        return deleted;
    }

    private ISecrets Secrets(Caller caller) => grains.Get<ISecrets>(caller.Tenant);
}

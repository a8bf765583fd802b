using Outrider.Grains.Runtime;
using Outrider.Grains.Secrets;

namespace Outrider.Grains.Notifications;

/// <summary>Sends one message through a tenant's channel with its secrets filled in.</summary>
public sealed class ChannelDelivery(string tenant, IGrains grains, INotifier notifier)
{
    /// <summary>Sends once. Never throws but for a cancellation; no result holds a secret's value.</summary>
    public async Task<DeliveryResult> SendAsync(ChannelDefinition channel, Message message, CancellationToken cancellation)
    {
        var secrets = new Dictionary<string, string>();
        try
        {
            var names = SecretReferences.Names(channel);
            if (names.Count > 0)
                secrets = await grains.Get<ISecrets>(tenant).ReadAsync(names);
            if (names.Find(name => !secrets.ContainsKey(name)) is { } missing)
                return new DeliveryResult(false, $"secret '{missing}' is not there: set it with PUT /api/v1/secrets/{missing}");
            var result = await notifier.SendAsync(tenant, SecretReferences.Fill(channel, secrets), message, cancellation);
            return result with { Detail = SecretReferences.Mask(result.Detail, secrets.Values) };
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return new DeliveryResult(false, SecretReferences.Mask($"The centre could not send it: {e.Message}", secrets.Values));
        }
    }
}

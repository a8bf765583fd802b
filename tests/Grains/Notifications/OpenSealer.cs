using System.Text;
using Outrider.Grains.Secrets;

namespace Outrider.Tests.Grains.Notifications;

/// <summary>Seals nothing; opens what was "sealed" for the same tenant and name.</summary>
internal sealed class OpenSealer : ISecretSealer
{
    public byte[] Seal(string tenant, string name, string value) => Encoding.UTF8.GetBytes($"{tenant}/{name}={value}");

    public string? Open(string tenant, string name, byte[] sealedValue) =>
        Encoding.UTF8.GetString(sealedValue) is var text && text.StartsWith($"{tenant}/{name}=") ? text[(tenant.Length + name.Length + 2)..] : null;
}

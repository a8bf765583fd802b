namespace Outrider.MySql;

/// <summary>The peer announced a packet (a row, a statement) beyond the cap. Nothing was allocated for it; the session is broken.</summary>
/// <param name="maxPacketBytes">The cap in bytes.</param>
public sealed class MySqlPacketTooLargeException(int maxPacketBytes) : MySqlException(
    $"A packet is larger than the cap of {maxPacketBytes} bytes. Select fewer or shorter columns, or raise the packet cap.")
{
    /// <summary>The cap in bytes.</summary>
    public int MaxPacketBytes { get; } = maxPacketBytes;
}

namespace Outrider.Protocol.Hosts;

/// <summary>What can be behind an address, for whoever lets others say where to connect.</summary>
public enum AddressKind
{
    /// <summary>A machine of the Internet.</summary>
    Public,

    /// <summary>This machine, or one of a private network.</summary>
    Private,

    /// <summary>Link-local, what a cloud tells its machines (their credentials among it), or no machine at all: never connected to.</summary>
    Never,
}

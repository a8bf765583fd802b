namespace Outrider.MySql.Protocol;

/// <summary>First bytes that tell the server's packets apart.</summary>
public static class PacketHeaders
{
    /// <summary>OK packet.</summary>
    public const byte Ok = 0x00;

    /// <summary>More authentication data.</summary>
    public const byte AuthMoreData = 0x01;

    /// <summary>LOCAL INFILE request in place of a result; NULL in place of a cell.</summary>
    public const byte NullOrLocalInfile = 0xfb;

    /// <summary>EOF packet, the OK packet that ends a result, or an authentication switch.</summary>
    public const byte EofOrSwitch = 0xfe;

    /// <summary>ERR packet.</summary>
    public const byte Err = 0xff;
}

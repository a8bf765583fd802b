namespace Outrider.MySql.Protocol;

/// <summary>Collation numbers of the handshake and of columns.</summary>
public static class CharacterSets
{
    /// <summary>utf8mb3_general_ci: what StarRocks announces.</summary>
    public const byte Utf8 = 33;

    /// <summary>utf8mb4_general_ci: known to MySQL, MariaDB, StarRocks and Doris alike.</summary>
    public const byte Utf8Mb4 = 45;

    /// <summary>binary: numbers, times and bytes.</summary>
    public const byte Binary = 63;
}

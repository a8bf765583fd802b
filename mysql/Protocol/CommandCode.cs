namespace Outrider.MySql.Protocol;

/// <summary>First byte of a command. https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html</summary>
public enum CommandCode : byte
{
    /// <summary>COM_QUIT.</summary>
    Quit = 0x01,

    /// <summary>COM_INIT_DB: use another database.</summary>
    InitDatabase = 0x02,

    /// <summary>COM_QUERY: a statement as text.</summary>
    Query = 0x03,

    /// <summary>COM_FIELD_LIST; deprecated, still sent by command line clients for completion.</summary>
    FieldList = 0x04,

    /// <summary>COM_PING.</summary>
    Ping = 0x0e,

    /// <summary>COM_RESET_CONNECTION: forget session state, keep the login.</summary>
    ResetConnection = 0x1f,
}

namespace MoocPlatform.Markup;

/// <summary>
/// Characters that neither a page nor a database can hold are replaced one for one, so that places in the text stay where they are.
/// </summary>
internal static class Characters
{
    public static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsBroken(text, i)) return string.Create(text.Length, text, Replace);
        }

        return text;
    }

    private static bool IsBroken(string text, int i) => text[i] switch
    {
        '\t' or '\n' or '\r' => false,
        < ' ' or '\u007f' or '\ufffe' or '\uffff' => true,
        var c when char.IsHighSurrogate(c) => i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1]),
        var c when char.IsLowSurrogate(c) => i == 0 || !char.IsHighSurrogate(text[i - 1]),
        _ => false,
    };

    private static void Replace(Span<char> cleaned, string text)
    {
        for (var i = 0; i < text.Length; i++) cleaned[i] = IsBroken(text, i) ? '\ufffd' : text[i];
    }
}

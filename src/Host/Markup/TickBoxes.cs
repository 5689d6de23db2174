using Markdig.Extensions.TaskLists;
using Markdig.Helpers;
using Markdig.Parsers;

namespace MoocPlatform.Markup;

/// <summary>
/// <c>- [ ] to do</c> and <c>- [x] done</c>: at the start of the item and before a space only. Markdig alone would also take "see [x]".
/// </summary>
internal sealed class TickBoxParser : TaskListInlineParser
{
    public override bool Match(InlineProcessor processor, ref StringSlice slice) =>
        processor.Block?.Inline?.FirstChild is null
        && slice.PeekChar(3) is ' ' or '\t'
        && base.Match(processor, ref slice);
}

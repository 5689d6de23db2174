using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>A page with a form about an account: every problem stands beside its field.</summary>
public abstract class AccountPage : ModulePage
{
    /// <summary>Key under which the next page finds the mail just queued; shown in Development only.</summary>
    internal const string DevelopmentMail = "mail-queued";

    /// <summary>Puts what is wrong beside its field.</summary>
    protected void Check(Refused? problem)
    {
        if (problem is not null)
            ModelState.AddModelError(problem.Field ?? "", Reader.Say(problem, GetType().Assembly));
    }

    /// <summary>An address of ours to go on to; anything else is the given one.</summary>
    protected string OurOwn(string? address, string otherwise) => Url.IsLocalUrl(address) ? address! : otherwise;
}

/// <summary>One field of a form, shown by the part <c>_Field</c>.</summary>
/// <param name="Name">Name in the form; problems are found by it.</param>
/// <param name="Value">What was typed; never given for passwords.</param>
internal sealed record Field(string Name, string Label, string Type, string Autocomplete, string? Value = null, string? Hint = null);

using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Every "no" about accounts.</summary>
internal static class Refusals
{
    public static Refused WrongMailOrPassword() => new("This mail address and this password do not go together.");

    public static Refused TooManyTries(DateTimeOffset until) => new("Too many tries. Try again after {0}, or choose a new password by mail.", until);

    public static Refused NoName() => new("Write the name that others will see: {0} to {1} characters.", PersonName.Shortest, Account.LongestName) { Field = "Name" };

    public static Refused NameOfOddCharacters() => new("A name is made of letters of one script, spaces, hyphens and full stops.") { Field = "Name" };

    public static Refused NameOfStaff() => new("This name looks like that of somebody who runs courses here. Add a middle name or an initial.") { Field = "Name" };

    public static Refused NoMail() => new("Write your mail address, such as name@example.org.") { Field = "Mail" };

    public static Refused PasswordTooShort() => new("A password has {0} characters or more. A short sentence is easy to remember.", PasswordRules.Shortest) { Field = "Password" };

    public static Refused PasswordTooLong() => new("A password has at most {0} characters.", PasswordRules.Longest) { Field = "Password" };

    public static Refused PasswordTooCommon() => new("Many people use this password or one like it, so it is tried first. Take a sentence of your own.") { Field = "Password" };

    public static Refused PasswordTellsWho() => new("This password is mostly your name or address. Take a sentence of your own.") { Field = "Password" };

    public static Refused WrongCurrentPassword() => new("This is not your present password.") { Field = "Current" };

    public static Refused LinkIsOver() => new("This link has been used, or it is older than an hour. Ask for a new one.");

    public static Refused WrongSetUpCode() => new("This is not the code that the console shows. After a restart there is a new one.") { Field = "Code" };

    public static Refused NotYourOwnRole() => new("You cannot take the role of admin from yourself. Ask another admin.");

    public static Refused LastAdmin() => new("You are the only admin. Make somebody else an admin first.");
}

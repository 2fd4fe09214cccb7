-- title: Entra users
-- table: people
-- grain: one row per user account
-- how: >
--   In the Entra admin centre open Users and download them as CSV, or ask Graph for /users with mail,
--   userPrincipalName, jobTitle, department, officeLocation, accountEnabled, userType and the manager
--   expanded, and keep every page as one JSON file. Say with the period from when it holds.
-- source: >
--   partly verified, from the directory's documented properties and published headers of the
--   download; a directory also holds rooms and shared mailboxes, which it does not tell from people
-- advice: >
--   Export the list of users itself: a tree of an organisation holds people within people, and who stands
--   in it could not be hashed
-- signature: [userPrincipalName, jobTitle, department]
-- records: value[]
-- columns:
--   '@odata.context': text
--   '@odata.count': text
--   '@odata.nextLink': personal
--   '@odata.type': text
--   id: text
--   objectId: text
--   mail: person
--   userPrincipalName: person
--   githubLogin: person
--   employeeId: text
--   displayName: personal
--   givenName: personal
--   surname: personal
--   mailNickname: personal
--   jobTitle: text
--   department: text
--   companyName: text
--   officeLocation: text
--   physicalDeliveryOfficeName: text
--   streetAddress: personal
--   city: text
--   state: text
--   postalCode: personal
--   country: text
--   usageLocation: text
--   employeeType: text
--   employeeHireDate: day
--   employeeLeaveDateTime: day
--   employeeOrgData.costCenter: text
--   employeeOrgData.division: text
--   userType: text
--   accountEnabled: flag
--   manager.id: text
--   manager.mail: person
--   manager.userPrincipalName: person
--   manager.displayName: personal
--   manager.@odata.type: text
--   directReports: text           # tells a tree from a list, and is never kept
--   hasReports: text
--   businessPhones: personal
--   telephoneNumber: personal
--   mobile: personal
--   mobilePhone: personal
--   otherMails: personal
--   proxyAddresses: personal
--   alternateEmailAddress: personal
--   authenticationEmail: personal
--   authenticationPhoneNumber: personal
--   authenticationAlternativePhoneNumber: personal
--   preferredLanguage: text
--   ageGroup: personal
--   consentProvidedForMinor: personal
--   legalAgeGroupClassification: personal
--   createdDateTime: text
--   creationType: text
--   directorySynced: text
--   identityIssuer: text
--   invitationState: text
select
    line,
    coalesce(mail, userPrincipalName) as person,
    department,
    jobTitle as job_title,
    coalesce("manager.mail", "manager.userPrincipalName") as manager,
    coalesce("employeeOrgData.division", companyName) as business_unit,
    lower(employeeType) as employment_type,
    case when accountEnabled then 'active' when not accountEnabled then 'disabled' end as status,
    employeeHireDate as hire_date,
    employeeLeaveDateTime as termination_date,
    "employeeOrgData.costCenter" as cost_center,
    coalesce(officeLocation, physicalDeliveryOfficeName, city) as location,
    coalesce(country, usageLocation) as country,
    githubLogin as github_login,
    -- Other vendors know a person by the sign-in name where it differs from the address.
    userPrincipalName as user_principal_name,
    case
        when contains(directReports, '"directReports"') then 'a tree of reports, not a list of users'
        when lower(userType) = 'guest' then 'guest of the directory'
        -- Who has left counts until then; rooms and shared mailboxes are disabled accounts too.
        when not accountEnabled and employeeLeaveDateTime is null
            then 'disabled account without a leave date'
    end as set_aside
from source

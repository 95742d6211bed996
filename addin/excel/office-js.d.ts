// Types of Office.js, which the page loads from Microsoft's server and no bundle contains.
/// <reference path="../../node_modules/@microsoft/office-js/dist/office.d.ts" />
